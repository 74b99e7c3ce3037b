package albert.model.tensor;

/**
 * Values that are infinite or not a number (NaN), so that no result can be made of them; the
 * message says in one line where they are.
 */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which values, and where they lie or come from. */
  public NonFiniteException(String message) {
    super(message);
  }
}
