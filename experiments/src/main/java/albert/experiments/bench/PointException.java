package albert.experiments.bench;

/** A point could not be measured; the message says why, in a few words. */
public final class PointException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean expected;

  /**
   * @param expected whether memory or time did not suffice, which larger points lead to
   */
  public PointException(String message, boolean expected) {
    super(message);
    this.expected = expected;
  }

  /** Whether memory or time did not suffice; otherwise something is wrong. */
  public boolean isExpected() {
    return expected;
  }
}
