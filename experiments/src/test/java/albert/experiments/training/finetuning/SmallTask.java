package albert.experiments.training.finetuning;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.TypedTask;
import albert.experiments.task.kind.NoKeys;
import albert.experiments.task.text.TextKind;
import albert.experiments.task.text.TextSequences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random sequences with random labels: nothing to generalise, everything to learn by heart. */
public final class SmallTask {

  public static final int VOCABULARY = 100;

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
      List<Double> labels = labels(kind, classes, random);
      texts.add(new TextExample("row" + row, Arrays.toString(ids), null, labels));
      int[] types = new int[ids.length];
      Arrays.fill(types, pairs ? ids.length / 2 : ids.length, ids.length, 1);
      encoded.add(new EncodedExample(row, new EncodedSequence(ids, types), toArray(labels)));
    }
    TextTask task = new Fake(kind, classes);
    TaskData<TextExample> data = data(task, texts);
    return new TypedTask<>(new TextKind(), data, encoded, new TextSequences(encoded, 0), 0, null);
  }

  private static List<Double> labels(LabelKind kind, int classes, Random random) {
    return switch (kind) {
      case CLASSIFICATION -> List.of((double) random.nextInt(classes));
      case MULTI_LABEL ->
          IntStream.range(0, classes).mapToObj(label -> (double) random.nextInt(2)).toList();
      case REGRESSION -> List.of(random.nextDouble() * 4 - 2);
    };
  }

  private static double[] toArray(List<Double> labels) {
    return labels.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A configuration from keys and values. */
  public static RunConfig config(String... keysAndValues) {
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
          : IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    }

    @Override
    public List<Metric> metrics() {
      return kind == LabelKind.REGRESSION
          ? List.of(Metric.PEARSON, Metric.SPEARMAN)
          : List.of(Metric.ACCURACY);
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
