package albert.experiments.stage;

import org.jspecify.annotations.Nullable;

/**
 * Seconds that are left, as far as they are known.
 *
 * @param stage of the stage at work
 * @param run of the run at work, its stage included
 * @param study of the study, one run after the other
 */
public record TimeLeft(@Nullable Double stage, @Nullable Double run, @Nullable Double study) {

  /** Nothing is known. */
  public static final TimeLeft UNKNOWN = new TimeLeft(null, null, null);
}
