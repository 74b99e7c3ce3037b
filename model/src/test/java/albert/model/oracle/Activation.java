package albert.model.oracle;

/** An activation applied to every number. */
public final class Activation implements Layer {

  /** Which function. */
  public enum Kind {
    /** x Φ(x), exact. */
    GELU_ERF {
      @Override
      double value(double x) {
        return x * normalCdf(x);
      }

      @Override
      double slope(double x) {
        return normalCdf(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      }
    },
    /** 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
    GELU_TANH {
      @Override
      double value(double x) {
        return 0.5 * x * (1 + Math.tanh(ROOT * (x + CUBIC * x * x * x)));
      }

      @Override
      double slope(double x) {
        double tanh = Math.tanh(ROOT * (x + CUBIC * x * x * x));
        return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * ROOT * (1 + 3 * CUBIC * x * x);
      }
    },
    /** max(x, 0). */
    RELU {
      @Override
      double value(double x) {
        return Math.max(x, 0);
      }

      @Override
      double slope(double x) {
        return x > 0 ? 1 : 0;
      }
    },
    /** The pooler's. */
    TANH {
      @Override
      double value(double x) {
        return Math.tanh(x);
      }

      @Override
      double slope(double x) {
        return 1 - Math.tanh(x) * Math.tanh(x);
      }
    };

    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    abstract double value(double x);

    abstract double slope(double x);
  }

  private final Kind kind;
  private double[] input = {};

  Activation(Kind kind) {
    this.kind = kind;
  }

  @Override
  public double[] forward(double[] x) {
    input = x;
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = kind.value(x[i]);
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] * kind.slope(input[i]);
    }
    return dx;
  }

  /**
   * Φ(x) by its series 1/2 + φ(x) Σ x^(2n+1) / (1·3·…·(2n+1)); beyond |x| = 8 the rest is below
   * 1e-15.
   */
  static double normalCdf(double x) {
    if (Math.abs(x) > 8) {
      return x > 0 ? 1 : 0;
    }
    double term = x;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= x * x / (2 * n + 1);
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
