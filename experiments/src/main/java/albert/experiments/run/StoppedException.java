package albert.experiments.run;

/** The work was asked to stop and did; what was done is kept. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("interrupted");
  }
}
