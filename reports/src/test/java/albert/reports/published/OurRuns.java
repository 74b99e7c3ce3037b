package albert.reports.published;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.reports.output.MadeUp;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up runs of the shapes that the paper has. */
final class OurRuns {
  private final Map<String, Object> config = new TreeMap<>();
  private final Map<String, Object> varied = new TreeMap<>();
  private final List<RunRecord> runs = new ArrayList<>();

  private OurRuns(Map<String, Object> shape) {
    config.putAll(shape);
  }

  /** ALBERT-base, which eleven rows of the paper and of the README have the shape of. */
  static OurRuns albertBase() {
    return shape(12, 768, 128, "all");
  }

  static OurRuns shape(int layers, int hidden, int embedding, String sharing) {
    return new OurRuns(
        Map.of(
            "num_hidden_layers", layers,
            "hidden_size", hidden,
            "embedding_size", embedding,
            "sharing", sharing));
  }

  OurRuns with(String key, Object value) {
    config.put(key, value);
    return this;
  }

  /** The runs that follow are of a variant with this value. */
  OurRuns varying(String key, Object value) {
    varied.put(key, value);
    return with(key, value);
  }

  /** Pretrained by the study as the paper pretrains, but for length and text. */
  OurRuns pretrained(String objective) {
    return with("pretrain_corpus", "wordnet")
        .with("pretrain_max_steps", 600)
        .with("pretrain_batch_size", 32)
        .with("pretrain_hidden_dropout_prob", 0.1)
        .with("pretrain_attention_probs_dropout_prob", 0.1)
        .with("pretrain_objective", objective);
  }

  /** A run with the next seed. */
  OurRuns run(Score... scores) {
    int seed = runs.size() + 1;
    runs.add(
        MadeUp.builder("all", 128, seed)
            .config(config)
            .variant(new TreeMap<>(varied))
            .finished(List.of(scores))
            .build());
    return this;
  }

  /** A run on SST-2 whose last and best accuracies differ. */
  OurRuns sst2(double last, double best) {
    return run(
        score("sst-2", "accuracy", last, "last"),
        score("sst-2", "accuracy", best, "best-on-dev of 4"));
  }

  static Score score(String task, String metric, double value, String protocol) {
    return Score.of(task, metric, "dev", value, 872, protocol);
  }

  static Score heldOut(String task, double value) {
    return Score.of(task, "accuracy", "held-out", value, 2048, "last");
  }

  List<RunRecord> runs() {
    return runs;
  }

  PublishedComparisons comparisons() {
    StudyDescription study =
        new StudyDescription("ours", "Which?", new TreeMap<>(), List.of(), List.of(), "");
    return PublishedComparisons.of(ReportModel.of(study, runs));
  }

  /** The comparisons of scores. */
  List<PublishedComparison> scores() {
    return comparisons().figures().stream().filter(c -> !c.isSize()).toList();
  }

  /** The comparison with a row of a table. */
  PublishedComparison beside(String table, String row) {
    return scores().stream()
        .filter(c -> c.published().table().equals(table) && c.published().row().equals(row))
        .findFirst()
        .orElseThrow();
  }
}
