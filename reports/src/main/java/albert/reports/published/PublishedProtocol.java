package albert.reports.published;

import java.util.List;

/**
 * How published scores came about, as far as their source says it.
 *
 * @param name section of the ALBERT paper (arXiv 1909.11942v6) or document that says it; {@code not
 *     said} for the models of others that the paper prints
 * @param benchmark what the scores are of
 * @param checkpoint {@code best on dev} for early stopping on dev, {@code not chosen} where the
 *     scores choose nothing, or {@code not said}
 * @param aggregate {@code median of 5}, {@code median of 5 or not said} where that is for some of
 *     the tasks and which is not said, or {@code not said}
 * @param start what fine-tuning began from, if not the pretrained model; {@code not said} if it may
 *     be another; else empty
 * @param text what was scored if no dev set of a task; else empty
 * @param words all of it for readers
 */
record PublishedProtocol(
    String name,
    String benchmark,
    String checkpoint,
    String aggregate,
    String start,
    String text,
    String words) {
  static final String NOT_SAID = "not said";

  /** How many runs the paper's medians are of. */
  static final int RUNS = 5;

  private static final String BEST_ON_DEV = "best on dev";
  private static final String MEDIAN = "median of " + RUNS;

  /** All that are known. */
  static List<PublishedProtocol> all() {
    return PublishedTable.read("protocols.csv").stream()
        .map(
            row ->
                new PublishedProtocol(
                    row.getOrDefault("protocol", ""),
                    row.getOrDefault("benchmark", ""),
                    row.getOrDefault("checkpoint", ""),
                    row.getOrDefault("aggregate", ""),
                    row.getOrDefault("start", ""),
                    row.getOrDefault("text", ""),
                    row.getOrDefault("words", "")))
        .toList();
  }

  /** Whether the checkpoint is the one that is best on dev. */
  boolean isBestOnDev() {
    return checkpoint.equals(BEST_ON_DEV);
  }

  /** Whether it is not said which checkpoint it is. */
  boolean hasUnknownCheckpoint() {
    return checkpoint.equals(NOT_SAID);
  }

  /** Whether the score is, or may be, a median of five runs. */
  boolean mayBeMedian() {
    return aggregate.startsWith(MEDIAN);
  }

  /** Whether the score is a median of five runs. */
  boolean isMedian() {
    return aggregate.equals(MEDIAN);
  }

  /** Whether it is a score of the pretrained model itself. */
  boolean isOfText() {
    return !text.isEmpty();
  }
}
