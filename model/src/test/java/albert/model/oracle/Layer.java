package albert.model.oracle;

/** One application of an operation. Backward is called at most once, after forward. */
interface Layer {

  double[] forward(double[] input);

  /** Adds to the gradients of the parameters and returns the gradient of the input. */
  double[] backward(double[] outputGradient);

  /** Adds {@code from} to {@code to}. */
  static void add(double[] to, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
