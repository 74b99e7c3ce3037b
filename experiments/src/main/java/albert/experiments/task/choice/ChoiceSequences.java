package albert.experiments.task.choice;

import albert.datasets.batch.EncodedExample;
import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.choice.EncodedChoice;
import albert.experiments.task.kind.Sequences;
import java.util.List;

/**
 * Questions with a sequence for each choice.
 *
 * @param questions what was encoded
 * @param choices in the order of the questions
 */
record ChoiceSequences(List<ChoiceQuestion> questions, List<EncodedChoice> choices)
    implements Sequences {
  /** Copies the lists. */
  ChoiceSequences {
    questions = List.copyOf(questions);
    choices = List.copyOf(choices);
  }

  @Override
  public List<EncodedExample> rows() {
    return EncodedExample.unlabelled(choices.stream().map(EncodedChoice::sequence).toList());
  }

  @Override
  public int example(int row) {
    return choices.get(row).question();
  }

  /** Questions of which a sequence was cut. */
  @Override
  public long cut() {
    return choices.stream()
        .filter(EncodedChoice::cut)
        .mapToInt(EncodedChoice::question)
        .distinct()
        .count();
  }
}
