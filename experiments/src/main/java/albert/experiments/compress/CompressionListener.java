package albert.experiments.compress;

/** Hears how a compression goes on. */
public interface CompressionListener {

  /** Hears nothing. */
  CompressionListener NOBODY =
      new CompressionListener() {
        @Override
        public void stage(String name, int steps) {}

        @Override
        public void stepped() {}
      };

  /**
   * A stage begins.
   *
   * @param name in words
   * @param steps that it has at most
   */
  void stage(String name, int steps);

  /** A step is done. */
  void stepped();

  /** Called between steps; may throw to end the work. */
  default void check() {}
}
