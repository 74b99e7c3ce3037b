package albert.datasets.task;

import java.util.Locale;

/** The parts of a data set. */
public enum SplitName {
  /** What a model learns from. */
  TRAIN,
  /** What choices are made on; for MNLI the part whose genres are those of training. */
  DEV,
  /** MNLI's second dev set, of genres that training does not have. */
  DEV_MISMATCHED,
  /** What is looked at once; its labels are often secret. */
  TEST,
  /** MNLI's second test set. */
  TEST_MISMATCHED;

  /** As in file names and JSON: {@code train}, {@code dev-mismatched}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
