package albert.experiments.cli;

import albert.evaluation.record.Stage;
import albert.experiments.config.Checkpoints;
import albert.experiments.config.RunConfig;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.reports.summary.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the stages of a run are for, in a few words each, for somebody who sees them for the first
 * time.
 *
 * @param checkpoints what runs start from
 */
record StageReasons(Checkpoints checkpoints) {

  /** What a stage of a run is for. */
  String of(Stage stage, RunConfig config) {
    return switch (stage) {
      case PRETRAINING -> "the encoder learns from raw text, before it sees the task";
      case COMPRESSION -> compression(config);
      case DISTILLATION ->
          String.format(
              Locale.ROOT,
              "the smaller model learns to compute what %s does, from texts without labels",
              start(config));
      case TRAINING ->
          String.format(
              Locale.ROOT, "encoder and head learn the task %s from its examples", config.task());
      case EVALUATION -> "the model predicts dev, which it was not trained on, and is scored";
      case FILES -> "predictions, and weights where they are kept, are written";
      case OTHER_PARTS -> "the weights that are best on dev predict the other parts of the data";
      case LATENCY -> "how long one sequence takes, for the report";
    };
  }

  /** As {@code all-MiniLM-L6-v2 made smaller: 6 layers into 1 set of weights}. */
  private String compression(RunConfig config) {
    EncoderConfig from =
        config.pretraining() == null
            ? checkpoints.architecture(config.start().name())
            : config.pretraining().encoder();
    List<String> changes = changes(from, config.encoder());
    return String.format(
        Locale.ROOT,
        "%s made smaller%s",
        start(config),
        changes.isEmpty() ? "" : ": " + String.join(", ", changes));
  }

  private static List<String> changes(EncoderConfig from, EncoderConfig to) {
    List<String> changes = new ArrayList<>();
    if (from.embeddingSize() != to.embeddingSize()) {
      changes.add(
          String.format(
              Locale.ROOT,
              "word embeddings from %d to %d numbers",
              from.embeddingSize(),
              to.embeddingSize()));
    }
    LayerMapping mapping = LayerMapping.of(to);
    if (!mapping.equals(LayerMapping.of(from))) {
      int sets = to.sharing().sharesAttention() ? mapping.attentionSets() : mapping.ffnSets();
      changes.add(
          String.format(
              Locale.ROOT,
              "%s%d layers into %s of weights",
              part(to),
              to.numHiddenLayers(),
              Numbers.plural(sets, "set")));
    }
    return changes;
  }

  /** Which part of the layers. */
  private static String part(EncoderConfig to) {
    return switch (to.sharing()) {
      case NONE, ALL -> "";
      case ATTENTION -> "attention of ";
      case FFN -> "feed-forward networks of ";
    };
  }

  private static String start(RunConfig config) {
    if (config.pretraining() != null) {
      return "the pretrained encoder";
    }
    return config.start().name().replaceFirst("/+$", "").replaceFirst(".*[/:]", "");
  }
}
