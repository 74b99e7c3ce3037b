package albert.model.oracle;

/** y = x Wᵀ + b for every row x; W is [out, in]. */
final class OutputLayer implements Layer {
  private final Parameters parameters;
  private final String weights;
  private final String bias;
  private final int in;
  private final int out;
  private double[] input = {};

  OutputLayer(Parameters parameters, String weights, String bias, int in, int out) {
    this.parameters = parameters;
    this.weights = weights;
    this.bias = bias;
    this.in = in;
    this.out = out;
  }

  @Override
  public double[] forward(double[] x) {
    input = x;
    double[] w = parameters.value(weights, out * in);
    double[] b = parameters.value(bias, out);
    int rows = x.length / in;
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        y[r * out + o] = b[o];
        for (int i = 0; i < in; i++) {
          y[r * out + o] += x[r * in + i] * w[o * in + i];
        }
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy) {
    double[] w = parameters.value(weights, out * in);
    double[] dw = parameters.gradient(weights, out * in);
    double[] db = parameters.gradient(bias, out);
    double[] dx = new double[input.length];
    for (int r = 0; r < input.length / in; r++) {
      for (int o = 0; o < out; o++) {
        double d = dy[r * out + o];
        db[o] += d;
        for (int i = 0; i < in; i++) {
          dw[o * in + i] += d * input[r * in + i];
          dx[r * in + i] += d * w[o * in + i];
        }
      }
    }
    return dx;
  }
}
