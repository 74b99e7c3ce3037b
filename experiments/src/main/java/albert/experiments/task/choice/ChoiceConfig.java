package albert.experiments.task.choice;

import static albert.model.config.Range.between;

import albert.datasets.choice.ChoiceEncoder;
import albert.model.config.ConfigException;

/**
 * How questions with choices become sequences. Name and default are those of the published code
 * (google-research/albert, {@code run_race.py}).
 *
 * @param maxQaLength most pieces of a question with a choice
 */
public record ChoiceConfig(int maxQaLength) {
  /** The published default. */
  public static final ChoiceConfig DEFAULT = new ChoiceConfig(ChoiceEncoder.DEFAULT_MAX_QA_LENGTH);

  private static final int MANY = 100_000;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public ChoiceConfig {
    between("max_qa_length", maxQaLength, 1, MANY);
  }
}
