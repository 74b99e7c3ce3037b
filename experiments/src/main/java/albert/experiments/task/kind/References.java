package albert.experiments.task.kind;

import albert.datasets.task.SplitName;
import albert.reports.summary.StudyDescription;
import albert.reports.summary.StudyDescription.Reference;

/** What all scores that need no training have in common. */
public final class References {
  /** The protocol of such scores. */
  public static final String PROTOCOL = "no training steps";

  /** The name of the reference that answers with the most frequent class of the training data. */
  public static final String MAJORITY_GUESS = StudyDescription.MAJORITY;

  /** The name of the reference that tells classes by the words of the training data. */
  public static final String BAG_OF_WORDS = "bag of words (naive Bayes)";

  /** The name of the reference that counts the words which both texts of a pair have. */
  public static final String WORD_OVERLAP = "word overlap (cosine)";

  /** In the name of a reference that knows what is right: no model gets there. */
  public static final String BOUND = "(upper bound)";

  private References() {}

  /**
   * A reference by its predictions.
   *
   * @param dev what it predicts of dev
   */
  public static Reference of(String name, Predictions dev) {
    return new Reference(name, dev.scores(row -> true, SplitName.DEV.id(), PROTOCOL));
  }
}
