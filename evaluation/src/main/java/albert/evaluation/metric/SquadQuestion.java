package albert.evaluation.metric;

import java.util.List;

/**
 * A question as the official scripts see it.
 *
 * @param id its id
 * @param answers texts of the gold answers; empty where the text holds no answer
 */
public record SquadQuestion(String id, List<String> answers) {
  public SquadQuestion {
    answers = List.copyOf(answers);
  }

  boolean answerable() {
    return !answers.isEmpty();
  }
}
