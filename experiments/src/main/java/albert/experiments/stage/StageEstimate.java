package albert.experiments.stage;

import albert.evaluation.record.Stage;
import org.jspecify.annotations.Nullable;

/**
 * How long a stage of a run may take.
 *
 * @param stage which
 * @param start the name of what several runs share by this stage; null if it is the run's own
 * @param steps that it has, in its unit; 0 where they can't be counted
 * @param done how many of them were done before
 * @param seconds of wall-clock time for all steps
 * @param from what the estimate is from, in words
 */
public record StageEstimate(
    Stage stage, @Nullable String start, long steps, long done, double seconds, String from) {

  /** Seconds that the steps take that are left. */
  public double secondsLeft() {
    return seconds * share(steps - done);
  }

  /** Which part of the stage some steps are; all of it where they can't be counted. */
  public double share(long some) {
    return steps == 0 ? 1 : Math.max(0, Math.min(1, (double) some / steps));
  }
}
