package albert.model.oracle;

/** Softmax over a stretch of an array. */
final class Softmax {
  private Softmax() {}

  static void inPlace(double[] x, int start, int length) {
    double[] logs = log(x, start, length);
    for (int i = 0; i < length; i++) {
      x[start + i] = Math.exp(logs[i]);
    }
  }

  static double[] log(double[] x, int start, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      max = Math.max(max, x[start + i]);
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += Math.exp(x[start + i] - max);
    }
    double[] logs = new double[length];
    for (int i = 0; i < length; i++) {
      logs[i] = x[start + i] - max - Math.log(sum);
    }
    return logs;
  }
}
