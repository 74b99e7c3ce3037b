package albert.model.oracle;

/** y = x W + b for every row x; W is [in, out]. */
final class Dense implements Layer {
  private final Parameters parameters;
  private final String name;
  private final int in;
  private final int out;
  private double[] input = {};

  Dense(Parameters parameters, String name, int in, int out) {
    this.parameters = parameters;
    this.name = name;
    this.in = in;
    this.out = out;
  }

  @Override
  public double[] forward(double[] x) {
    input = x;
    double[] kernel = parameters.value(name + "/kernel", in * out);
    double[] bias = parameters.value(name + "/bias", out);
    int rows = x.length / in;
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += x[r * in + i] * kernel[i * out + o];
        }
        y[r * out + o] = sum;
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy) {
    double[] kernel = parameters.value(name + "/kernel", in * out);
    double[] dKernel = parameters.gradient(name + "/kernel", in * out);
    double[] dBias = parameters.gradient(name + "/bias", out);
    double[] dx = new double[input.length];
    for (int r = 0; r < input.length / in; r++) {
      for (int o = 0; o < out; o++) {
        double d = dy[r * out + o];
        dBias[o] += d;
        for (int i = 0; i < in; i++) {
          dKernel[i * out + o] += input[r * in + i] * d;
          dx[r * in + i] += kernel[i * out + o] * d;
        }
      }
    }
    return dx;
  }
}
