package albert.reports.published;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunRecord;
import albert.reports.summary.Numbers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the model of a run of ours was pretrained.
 *
 * @param kind where its weights come from
 * @param objective besides masked words: {@code sop}, {@code nsp} or {@code none}; empty if unknown
 * @param additionalData {@code yes} or {@code no}; empty if unknown
 * @param dropout {@code yes} or {@code no}; empty if unknown
 * @param steps of its pretraining; NaN if unknown
 * @param weights what the configuration calls the weights that it starts from; empty for none
 * @param isCompressed whether it was made from a model of another shape
 * @param lengthAndText length and text of its pretraining, as part of a sentence
 */
record OwnPretraining(
    Kind kind,
    String objective,
    String additionalData,
    String dropout,
    double steps,
    String weights,
    boolean isCompressed,
    String lengthAndText) {
  private static final String STAGE = "pretrain_";
  private static final String CORPUS = "corpus";
  private static final String ADDITIONAL = "additional_corpus";

  /** Where weights come from. */
  enum Kind {
    /** Drawn, and not pretrained. */
    NONE,
    /** Pretrained by the study, or by the run itself. */
    OURS,
    /** A checkpoint. */
    WEIGHTS
  }

  /** The pretraining of a run. */
  static OwnPretraining of(RunRecord run) {
    Map<String, Object> config = run.config();
    Object corpus = config.get(STAGE + CORPUS);
    if (corpus != null) {
      boolean more = config.containsKey(STAGE + ADDITIONAL);
      return ours(config, STAGE, corpus.toString(), more);
    }
    boolean isPretraining = "pretraining".equals(config.get("task"));
    Object model = config.get("model");
    if (model != null) {
      String weights = isPretraining ? model + ", pretrained further" : model.toString();
      return other(Kind.WEIGHTS, config, weights, "that of the weights " + weights);
    }
    if (isPretraining) {
      String texts = source(run, CORPUS).orElse("a text that is not recorded");
      return ours(config, "", texts, source(run, ADDITIONAL).isPresent());
    }
    return other(Kind.NONE, config, "", "none");
  }

  private static OwnPretraining ours(
      Map<String, Object> config, String prefix, String corpus, boolean more) {
    Object objective = config.get(prefix + "objective");
    double steps = number(config.get(prefix + "max_steps"));
    double accumulation = number(config.get(prefix + "gradient_accumulation_steps"));
    double batch =
        number(config.get(prefix + "batch_size")) * (Double.isNaN(accumulation) ? 1 : accumulation);
    return new OwnPretraining(
        Kind.OURS,
        objective == null ? "" : PublishedModel.inThePapersWords(objective),
        more ? "yes" : "no",
        dropout(
            number(config.get(prefix + "hidden_dropout_prob")),
            number(config.get(prefix + "attention_probs_dropout_prob"))),
        steps,
        "",
        isCompressed(config),
        String.format(
            Locale.ROOT,
            "%s%s on %s%s",
            Double.isNaN(steps) ? "an unknown number of steps" : Numbers.whole(steps) + " steps",
            Double.isNaN(batch) ? "" : " of " + Numbers.whole(batch),
            corpus,
            more ? " and additional data" : ""));
  }

  private static OwnPretraining other(
      Kind kind, Map<String, Object> config, String weights, String words) {
    return new OwnPretraining(kind, "", "", "", Double.NaN, weights, isCompressed(config), words);
  }

  private static String dropout(double hidden, double attention) {
    if (hidden > 0 || attention > 0) {
      return "yes";
    }
    return hidden == 0 && attention == 0 ? "no" : "";
  }

  /** Keys of compression are recorded where it was compressed alone. */
  private static boolean isCompressed(Map<String, Object> config) {
    return config.containsKey("distill_steps");
  }

  /** The name of the folder or file that a text was read from. */
  private static Optional<String> source(RunRecord run, String name) {
    return run.data().stream()
        .filter(data -> data.name().equals(name))
        .map(DataFingerprint::source)
        .map(source -> source.substring(source.lastIndexOf('/') + 1))
        .findFirst();
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Whether the weights are those of a name, in whatever folder: {@code albert/albert-base-v2}. */
  boolean isOf(String name) {
    return Arrays.stream(weights.toLowerCase(Locale.ROOT).replace('_', '-').split("[/\\\\:]", -1))
        .anyMatch(name::equals);
  }

  /** Where the weights come from, in words. */
  String words() {
    return switch (kind) {
      case NONE -> "trained from scratch";
      case OURS -> "pretrained by the study";
      case WEIGHTS -> "weights of " + weights;
    };
  }
}
