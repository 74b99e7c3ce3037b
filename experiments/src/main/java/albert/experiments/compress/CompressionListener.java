package albert.experiments.compress;

import albert.evaluation.record.Stage;

/** Hears how a compression goes on. */
public interface CompressionListener {

  /** Hears nothing. */
  CompressionListener NOBODY =
      new CompressionListener() {
        @Override
        public void stage(Stage stage, String name, int steps) {}

        @Override
        public void stepped() {}
      };

  /**
   * A stage begins, and the one before it is over.
   *
   * @param name what is done in it, in words
   * @param steps that it has at most; 0 where they can't be counted
   */
  void stage(Stage stage, String name, int steps);

  /** A step is done. */
  void stepped();

  /** The last stage is over. */
  default void ended() {}

  /** Called between steps; may throw to end the work. */
  default void check() {}
}
