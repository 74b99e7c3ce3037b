package albert.evaluation.record;

import albert.evaluation.Require;

/**
 * How long a stage took.
 *
 * @param stage which
 * @param steps that were done in it, in its {@linkplain Stage#unit() unit}
 * @param seconds of wall-clock time, all parts added
 */
public record StageSeconds(Stage stage, long steps, double seconds) {
  public StageSeconds {
    Require.present("stage", stage);
    Require.notNegative("steps", steps);
    Require.notNegative("seconds", seconds);
  }
}
