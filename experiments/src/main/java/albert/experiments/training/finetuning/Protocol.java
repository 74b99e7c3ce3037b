package albert.experiments.training.finetuning;

import java.util.Locale;

/** Which of a training's weights a score is of. */
enum Protocol {
  /** The last step's. */
  LAST,
  /**
   * Those that were best on dev, scored on dev: what papers and model cards often report, and
   * flattering, the more so the more evaluations there were to choose from.
   */
  BEST_ON_DEV,
  /** Those that were best on one half of dev, scored on the other. */
  BEST_ON_HALF;

  /**
   * As scores name it: {@code last}, {@code best-on-dev of 3}.
   *
   * @param evaluations how many were chosen from
   */
  String words(int evaluations) {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return this == LAST ? name : String.format(Locale.ROOT, "%s of %d", name, evaluations);
  }
}
