package albert.datasets.task;

import java.util.Locale;

/** The parts of a data set. */
public enum SplitName {
  /** What a model learns from. */
  TRAIN,
  /** What choices are made on. */
  DEV,
  /** What is looked at once; its labels are often secret. */
  TEST;

  /** As in file names and JSON: {@code train}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
