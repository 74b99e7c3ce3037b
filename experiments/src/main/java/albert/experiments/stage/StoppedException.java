package albert.experiments.stage;

/** The work was asked to stop and did; what was done is kept. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Asked to stop. */
  public StoppedException() {
    super("interrupted");
  }
}
