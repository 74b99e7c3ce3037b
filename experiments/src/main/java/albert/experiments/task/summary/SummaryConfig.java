package albert.experiments.task.summary;

import static albert.model.config.Range.between;

import albert.model.config.ConfigException;

/**
 * How sentences become a summary.
 *
 * @param summarySentences how many are taken at most; also of the extracts that are learnt where
 *     the data set names none
 * @param trigramBlocking whether a sentence is left out that shares three words in a row with one
 *     that was taken (arXiv 1903.10318, section 3.1)
 */
public record SummaryConfig(int summarySentences, boolean trigramBlocking) {
  private static final int MANY = 1000;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public SummaryConfig {
    between("summary_sentences", summarySentences, 1, MANY);
  }

  /** Of a task: as many sentences as is usual, and blocking where these are several. */
  static SummaryConfig usual(int sentences) {
    return new SummaryConfig(sentences, sentences > 1);
  }
}
