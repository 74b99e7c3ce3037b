package albert.reports.published;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a published model was pretrained, as far as its source says it. What is not said is the text
 * {@code not said}.
 *
 * @param vocabSize entries of the vocabulary
 * @param weights name of the released weights that the row is of; empty for none
 * @param objective besides masked words: {@code sop}, {@code nsp} or {@code none}
 * @param steps for example {@code 125k}
 * @param batchSize sequences a step
 * @param additionalData {@code yes} if on the additional data of XLNet and RoBERTa too, {@code no}
 *     if on Wikipedia and BookCorpus alone
 * @param dropout {@code yes} or {@code no}
 * @param initialisedFrom what its weights were before; empty where no such thing is said of it
 */
public record PublishedPretraining(
    String vocabSize,
    String weights,
    String objective,
    String steps,
    String batchSize,
    String additionalData,
    String dropout,
    String initialisedFrom) {
  /** A text for what the source does not say. */
  static final String NOT_SAID = PublishedProtocol.NOT_SAID;

  private static final String YES = "yes";
  private static final String BASELINE = "Wikipedia and BookCorpus";
  private static final Pattern STEPS = Pattern.compile("([0-9.]+)([kM])");
  private static final Map<String, Double> UNITS = Map.of("k", 1e3, "M", 1e6);

  static PublishedPretraining of(Map<String, String> row) {
    return new PublishedPretraining(
        row.getOrDefault("vocab_size", NOT_SAID),
        row.getOrDefault("weights", ""),
        row.getOrDefault("objective", NOT_SAID),
        row.getOrDefault("steps", NOT_SAID),
        row.getOrDefault("batch_size", NOT_SAID),
        row.getOrDefault("additional_data", NOT_SAID),
        row.getOrDefault("dropout", NOT_SAID),
        row.getOrDefault("initialised_from", ""));
  }

  /** Whether it says nothing that a pretraining of ours contradicts; the length does not count. */
  boolean mayBe(OwnPretraining own) {
    return switch (own.kind()) {
      case NONE -> false;
      case WEIGHTS -> isReleasedAs(own);
      case OURS ->
          !own.isCompressed()
              && agrees(objective, own.objective())
              && agrees(additionalData, own.additionalData())
              && agrees(dropout, own.dropout());
    };
  }

  /** Whether a run of ours starts from the weights that the row is of. */
  boolean isReleasedAs(OwnPretraining own) {
    return !weights.isEmpty() && !own.isCompressed() && own.isOf(weights);
  }

  /** Whether it is said to be as long as ours, in steps. */
  boolean isAsLongAs(OwnPretraining own) {
    var matcher = STEPS.matcher(steps);
    return matcher.matches()
        && Double.parseDouble(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1.0)
            == own.steps();
  }

  private static boolean agrees(String theirs, String ours) {
    return theirs.equals(NOT_SAID) || theirs.equals(ours);
  }

  /** Length and text, as part of a sentence. */
  String lengthAndText() {
    if (steps.equals(NOT_SAID) && additionalData.equals(NOT_SAID)) {
      return NOT_SAID;
    }
    return String.format(Locale.ROOT, "%s on %s", length(), text());
  }

  private String length() {
    if (steps.equals(NOT_SAID)) {
      return "a number of steps that is not said";
    }
    String batch = batchSize.equals(NOT_SAID) ? "" : " of " + batchSize;
    return steps + " steps" + batch;
  }

  private String text() {
    if (additionalData.equals(NOT_SAID)) {
      return BASELINE + ", with additional data or without is not said";
    }
    return additionalData.equals(YES)
        ? BASELINE + " and the additional data of XLNet and RoBERTa"
        : BASELINE;
  }

  /** All of it for readers. */
  String words() {
    if (lengthAndText().equals(NOT_SAID) && objective.equals(NOT_SAID)) {
      return "how it was pretrained is not said";
    }
    List<String> parts =
        List.of("pretrained " + lengthAndText(), objective(objective), dropoutWords());
    String words = String.join("; ", parts);
    return hasOtherStart() ? words + "; weights begun from " + initialisedFrom : words;
  }

  /** Whether it is said what its weights were before. */
  boolean hasOtherStart() {
    return !initialisedFrom.isEmpty() && !initialisedFrom.equals(NOT_SAID);
  }

  private String dropoutWords() {
    return dropout.equals(NOT_SAID)
        ? "dropout not said"
        : dropout.equals(YES) ? "with dropout" : "without dropout";
  }

  /** What a model was trained on, in words. */
  static String objective(String objective) {
    return switch (objective) {
      case "sop" -> "masked words and sentence order";
      case "nsp" -> "masked words and next sentence";
      case "none" -> "masked words alone";
      default -> "objective besides masked words not said";
    };
  }
}
