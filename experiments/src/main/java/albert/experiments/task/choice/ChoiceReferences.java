package albert.experiments.task.choice;

import albert.datasets.baseline.WordOverlap;
import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.experiments.task.kind.References;
import albert.reports.summary.StudyDescription.Reference;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a model of multiple choice has to beat on dev, with every score that a model gets.
 *
 * @param task id of the task
 * @param train questions with answers to count in, at least one
 * @param dev questions with answers
 */
record ChoiceReferences(String task, List<ChoiceQuestion> train, List<ChoiceQuestion> dev) {
  static ChoiceReferences of(TaskData<ChoiceQuestion> data) {
    return new ChoiceReferences(
        data.task().id(), data.examples(SplitName.TRAIN), data.examples(SplitName.DEV));
  }

  /**
   * The position that is right most often in training, the choice with the most characters, the
   * choice whose words the passage has most of, and a blind choice.
   */
  List<Reference> all() {
    int position = frequentPosition();
    return List.of(
        reference(
            References.MAJORITY_GUESS,
            question -> Math.min(position, question.choices().size() - 1)),
        reference("longest choice", best((question, choice) -> choice.length())),
        reference(
            "word overlap with the passage (cosine)",
            best((question, choice) -> WordOverlap.cosine(question.passage(), choice))),
        new Reference(
            "chance",
            new ChoiceFigures(dev).ofChance(task, SplitName.DEV.id(), References.PROTOCOL)));
  }

  private Reference reference(String name, ToIntFunction<ChoiceQuestion> choose) {
    return new Reference(
        name,
        new ChoiceFigures(dev)
            .of(
                row -> choose.applyAsInt(dev.get(row)),
                task,
                SplitName.DEV.id(),
                References.PROTOCOL));
  }

  /** Of several that are right as often, the first. */
  private int frequentPosition() {
    int[] counts =
        new int[train.stream().mapToInt(question -> question.choices().size()).max().orElseThrow()];
    train.forEach(question -> counts[question.answer()]++);
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best;
  }

  /** Says how good a choice is. */
  @FunctionalInterface
  private interface Worth {
    double of(ChoiceQuestion question, String choice);
  }

  /** The best choice of a question; of equally good ones the first. */
  private static ToIntFunction<ChoiceQuestion> best(Worth worth) {
    return question -> {
      List<String> choices = question.choices();
      int best = 0;
      for (int i = 1; i < choices.size(); i++) {
        boolean better = worth.of(question, choices.get(i)) > worth.of(question, choices.get(best));
        best = better ? i : best;
      }
      return best;
    };
  }
}
