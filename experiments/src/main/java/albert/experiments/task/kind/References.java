package albert.experiments.task.kind;

import albert.datasets.task.SplitName;
import albert.evaluation.record.Score;

/** Scores that need no training. */
public final class References {
  /** The protocol of such scores. */
  public static final String PROTOCOL = "no training steps";

  private References() {}

  /** A score on dev, of n examples. */
  public static Score score(String task, String metric, double value, int n) {
    return Score.of(task, metric, SplitName.DEV.id(), value, n, PROTOCOL);
  }
}
