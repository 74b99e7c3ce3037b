package albert.experiments.task.kind;

import albert.reports.summary.StudyDescription;

/** What all scores that need no training have in common. */
public final class References {
  /** The protocol of such scores. */
  public static final String PROTOCOL = "no training steps";

  /** The name of the reference that answers with the most frequent class of the training data. */
  public static final String MAJORITY_GUESS = StudyDescription.MAJORITY;

  /** In the name of a reference that knows what is right: no model gets there. */
  public static final String BOUND = "(upper bound)";

  private References() {}
}
