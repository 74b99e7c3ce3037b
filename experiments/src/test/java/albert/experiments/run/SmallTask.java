package albert.experiments.run;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.task.LabelKind;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TextExample;
import albert.datasets.task.TextTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.TypedTask;
import albert.experiments.task.NoKeys;
import albert.experiments.task.text.TextKind;
import albert.experiments.task.text.TextSequences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random sequences with random labels: nothing to generalise, everything to learn by heart. */
final class SmallTask {

  static final int VOCABULARY = 100;

  private SmallTask() {}

  static TypedTask<TextExample, NoKeys, TextSequences, float[]> of(
      LabelKind kind, int examples, int classes) {
    return of(kind, examples, classes, false);
  }

  /**
   * As {@link #of(LabelKind, int, int)}.
   *
   * @param pairs whether the second half of each sequence is a second text
   */
  static TypedTask<TextExample, NoKeys, TextSequences, float[]> of(
      LabelKind kind, int examples, int classes, boolean pairs) {
    Random random = new Random(5);
    List<TextExample> texts = new ArrayList<>();
    List<EncodedExample> encoded = new ArrayList<>();
    for (int row = 0; row < examples; row++) {
      int[] ids = random.ints(4 + random.nextInt(9), 5, VOCABULARY).toArray();
      ids[0] = 2;
      double label =
          kind == LabelKind.CLASSIFICATION ? random.nextInt(classes) : random.nextDouble() * 4 - 2;
      texts.add(new TextExample("row" + row, Arrays.toString(ids), null, label));
      int[] types = new int[ids.length];
      Arrays.fill(types, pairs ? ids.length / 2 : ids.length, ids.length, 1);
      encoded.add(new EncodedExample(row, new EncodedSequence(ids, types), label));
    }
    TextTask task = new Fake(kind, classes);
    TaskData<TextExample> data = data(task, texts);
    return new TypedTask<>(new TextKind(), data, encoded, new TextSequences(encoded, 0), 0, null);
  }

  /** A configuration from keys and values. */
  static RunConfig config(String... keysAndValues) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "task", "wordnet",
                "preset", "mini-albert",
                "vocab_size", String.valueOf(VOCABULARY),
                "hidden_size", "32",
                "embedding_size", "16",
                "num_attention_heads", "2",
                "num_hidden_layers", "2",
                "max_position_embeddings", "16",
                "max_seq_length", "16",
                "classifier_dropout_prob", "0",
                "batch_size", "8",
                "learning_rate", "3e-3",
                "precision", "float32",
                "threads", "1"));
    all.addAll(List.of(keysAndValues));
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      ConfigKey key = ConfigKeys.find(all.get(i)).orElseThrow();
      settings.add(new Setting(key, key.parse(all.get(i + 1)), "a test"));
    }
    return RunConfig.resolve(Settings.of(settings));
  }

  private static TaskData<TextExample> data(TextTask task, List<TextExample> texts) {
    return new TaskData<>(
        task,
        Map.of(SplitName.TRAIN, texts, SplitName.DEV, texts),
        task.labels(),
        DataFingerprint.of("small", "0".repeat(64), Map.of(), "drawn"));
  }

  private record Fake(LabelKind kind, int classes) implements TextTask {
    @Override
    public String id() {
      return "small";
    }

    @Override
    public String title() {
      return "small";
    }

    @Override
    public List<String> labels() {
      return kind == LabelKind.REGRESSION
          ? List.of()
          : java.util.stream.IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    }

    @Override
    public List<Metric> metrics() {
      return kind == LabelKind.CLASSIFICATION
          ? List.of(Metric.ACCURACY)
          : List.of(Metric.PEARSON, Metric.SPEARMAN);
    }

    @Override
    public Optional<String> folder() {
      return Optional.empty();
    }

    @Override
    public TaskData<TextExample> read(Path data) {
      throw new UnsupportedOperationException();
    }
  }
}
