package albert.model.oracle;

/** y = gamma (x - mean) / sqrt(variance + epsilon) + beta over every row (arXiv 1607.06450). */
final class LayerNorm implements Layer {
  private final Parameters parameters;
  private final String name;
  private final int width;
  private final double epsilon;
  private double[] normalised = {};
  private double[] scale = {};

  LayerNorm(Parameters parameters, String name, int width, double epsilon) {
    this.parameters = parameters;
    this.name = name;
    this.width = width;
    this.epsilon = epsilon;
  }

  @Override
  public double[] forward(double[] x) {
    double[] gamma = parameters.value(name + "/gamma", width);
    double[] beta = parameters.value(name + "/beta", width);
    normalised = new double[x.length];
    scale = new double[x.length / width];
    double[] y = new double[x.length];
    for (int r = 0; r < scale.length; r++) {
      double mean = 0;
      for (int i = 0; i < width; i++) {
        mean += x[r * width + i] / width;
      }
      double variance = 0;
      for (int i = 0; i < width; i++) {
        variance += (x[r * width + i] - mean) * (x[r * width + i] - mean) / width;
      }
      scale[r] = 1 / Math.sqrt(variance + epsilon);
      for (int i = 0; i < width; i++) {
        normalised[r * width + i] = (x[r * width + i] - mean) * scale[r];
        y[r * width + i] = gamma[i] * normalised[r * width + i] + beta[i];
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy) {
    double[] gamma = parameters.value(name + "/gamma", width);
    double[] dGamma = parameters.gradient(name + "/gamma", width);
    double[] dBeta = parameters.gradient(name + "/beta", width);
    double[] dx = new double[dy.length];
    for (int r = 0; r < scale.length; r++) {
      double mean = 0;
      double meanProduct = 0;
      for (int i = r * width; i < (r + 1) * width; i++) {
        double d = dy[i] * gamma[i % width];
        mean += d / width;
        meanProduct += d * normalised[i] / width;
        dGamma[i % width] += dy[i] * normalised[i];
        dBeta[i % width] += dy[i];
      }
      for (int i = r * width; i < (r + 1) * width; i++) {
        dx[i] = scale[r] * (dy[i] * gamma[i % width] - mean - normalised[i] * meanProduct);
      }
    }
    return dx;
  }
}
