package albert.datasets.pretraining;

import java.util.Locale;

/**
 * How examples are made. The names are those of the published script's flags where it has them.
 *
 * @param maxSeqLength longest sequence in pieces, special ones included; at least 8
 * @param maxPredictionsPerSeq most pieces masked in a sequence
 * @param maskedLmProb part of the pieces that is masked, special ones counted
 * @param maxNgram words masked in a row, at most; the length n is drawn with p(n) ∝ 1/n
 * @param wholeWordMasking whether the pieces of a word are masked together
 * @param shortSeqProb part of the sequences that aim at a random shorter length
 * @param objective what the pairs are
 * @param dynamicMasking whether segments, pairs and masks are drawn anew each epoch; otherwise
 *     every epoch has those of the first, in another order
 */
public record ExampleSettings(
    int maxSeqLength,
    int maxPredictionsPerSeq,
    double maskedLmProb,
    int maxNgram,
    boolean wholeWordMasking,
    double shortSeqProb,
    PairObjective objective,
    boolean dynamicMasking) {

  private static final int SHORTEST = 8;

  /** Checks the numbers. */
  public ExampleSettings {
    if (maxSeqLength < SHORTEST
        || maxPredictionsPerSeq < 1
        || !(maskedLmProb > 0 && maskedLmProb < 1)
        || maxNgram < 1
        || !(shortSeqProb >= 0 && shortSeqProb <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max_seq_length %d (at least %d), max_predictions_per_seq %d (at least 1),"
                  + " masked_lm_prob %s (above 0, below 1), max_ngram %d (at least 1),"
                  + " short_seq_prob %s (0 to 1)",
              maxSeqLength,
              SHORTEST,
              maxPredictionsPerSeq,
              maskedLmProb,
              maxNgram,
              shortSeqProb));
    }
  }

  /**
   * The published settings: 15 % masked, n-grams of up to 3 whole words, 10 % shorter sequences,
   * and 20 predictions, or 77 where sequences have 512 pieces: 15 % of the length, rounded up.
   */
  public static ExampleSettings published(int maxSeqLength, PairObjective objective) {
    int predictions = Math.max(20, (int) Math.ceil(0.15 * maxSeqLength));
    return new ExampleSettings(maxSeqLength, predictions, 0.15, 3, true, 0.1, objective, true);
  }

  /** These settings with other pairs. */
  public ExampleSettings withObjective(PairObjective other) {
    return new ExampleSettings(
        maxSeqLength,
        maxPredictionsPerSeq,
        maskedLmProb,
        maxNgram,
        wholeWordMasking,
        shortSeqProb,
        other,
        dynamicMasking);
  }
}
