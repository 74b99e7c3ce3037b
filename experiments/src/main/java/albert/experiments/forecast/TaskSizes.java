package albert.experiments.forecast;

import albert.datasets.MissingDataException;
import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.task.Example;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.text.WordNetTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.task.kind.TaskKind;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many sequences the data of a task is and how wide its batches are, as far as the data is
 * there: the width by a sample of {@value #SAMPLE} examples from all over a part.
 */
final class TaskSizes {

  private static final int SAMPLE = 1_000;
  private static final int WIDTH_MULTIPLE = 2;
  private static final double HEAPS = 0.5;
  private static final WordNetTask WORDS = new WordNetTask();

  private final Path data;
  private final PretrainedModels models;
  private final Consumer<String> notes;
  private final Map<Map<String, Object>, Optional<? extends TaskData<?>>> read = new HashMap<>();
  private final Map<Key, Optional<Size>> sizes = new HashMap<>();
  private final Map<Key, Double> unlabelled = new HashMap<>();

  private record Key(Path tokenizer, RunConfig config, SplitName split) {}

  /**
   * @param sequences how many
   * @param together how many of them a batch size counts as one
   * @param width mean length of a batch's rows, padding included
   * @param words of the vocabulary that occur
   */
  record Size(long sequences, int together, double width, double words) {
    /** What an epoch has of what a batch size counts. */
    long counted() {
      return sequences / together;
    }
  }

  /**
   * @param data the folder of the data sets
   * @param notes hears of what is missing there
   */
  TaskSizes(Path data, PretrainedModels models, Consumer<String> notes) {
    this.data = data;
    this.models = models;
    this.notes = notes;
  }

  /** Examples that a part has; null where the data is missing. */
  @Nullable Long examples(RunConfig config, SplitName split) {
    return data(config)
        .filter(found -> found.has(split))
        .map(found -> (long) found.examples(split).size())
        .orElse(null);
  }

  /** The parts that a run predicts besides dev. */
  List<SplitName> otherParts(RunConfig config) {
    return data(config).map(config.training().predictParts()::of).orElse(List.of());
  }

  /** What a run makes of a part; empty where the data is missing. */
  Optional<Size> of(RunConfig config, SplitName split) {
    Long examples = examples(config, split);
    if (examples == null || examples == 0) {
      return Optional.empty();
    }
    int most = config.training().maxTrainExamples();
    long used = split == SplitName.TRAIN && most > 0 ? Math.min(most, examples) : examples;
    Path tokenizer = RunTokenizer.file(config, models);
    return sizes.computeIfAbsent(
        new Key(tokenizer, config, split), key -> Optional.of(sampled(config.kind(), key, used)));
  }

  private <X extends Example, O extends Record> Size sampled(
      TaskKind<X, O, ?, ?> kind, Key key, long examples) {
    try (Tokenizer tokenizer = Tokenizers.open(key.tokenizer)) {
      RunConfig config = key.config;
      List<X> sample = sample(data(kind, config).orElseThrow().examples(key.split), examples);
      List<EncodedExample> encoded =
          kind.encode(
                  sample,
                  tokenizer,
                  config.training().maxSeqLength(),
                  kind.keysType().cast(config.keys()))
              .rows();
      long sequences = Math.round((double) examples * encoded.size() / sample.size());
      int together = key.split == SplitName.TRAIN ? kind.together(task(kind, config), sample) : 1;
      return new Size(
          sequences,
          together,
          width(encoded, together, config.training().batchSize(), tokenizer),
          words(encoded, sequences));
    }
  }

  /** Different words grow as a power of the text (Heaps' law). */
  private static double words(List<EncodedExample> sample, long sequences) {
    BitSet seen = new BitSet();
    for (EncodedExample example : sample) {
      for (int id : example.sequence().inputIds()) {
        seen.set(id);
      }
    }
    return seen.cardinality() * Math.pow((double) sequences / sample.size(), HEAPS);
  }

  /** How many training sequences a batch size counts as one. */
  int together(RunConfig config) {
    return together(config.kind(), config);
  }

  private <X extends Example> int together(TaskKind<X, ?, ?, ?> kind, RunConfig config) {
    return kind.together(
        task(kind, config),
        data(kind, config)
            .filter(data -> data.has(SplitName.TRAIN))
            .map(data -> data.examples(SplitName.TRAIN))
            .orElse(List.of()));
  }

  private static <X extends Example> Task<X> task(TaskKind<X, ?, ?, ?> kind, RunConfig config) {
    return kind.anyTask(config.task(), config.keys()).orElseThrow();
  }

  /** Mean length of the rows of batches. */
  private static double width(
      List<EncodedExample> encoded, int together, int batchSize, Tokenizer tokenizer) {
    Batcher batches =
        new Batcher(encoded, together, batchSize, tokenizer.specialTokens().pad(), WIDTH_MULTIPLE);
    double padded = 0;
    for (EncodedBatch batch : batches.evaluation()) {
      padded += (double) batch.size() * batch.sequenceLength();
    }
    return padded / encoded.size();
  }

  /** How wide the batches of a distillation are, as a part of the longest sequence. */
  double unlabelledWidth(RunConfig config) {
    CompressionConfig compression = Objects.requireNonNull(config.compression());
    return unlabelled.computeIfAbsent(
        new Key(RunTokenizer.file(config, models), config, SplitName.TRAIN),
        key -> {
          try (Tokenizer tokenizer = Tokenizers.open(key.tokenizer)) {
            int length = compression.distillSeqLength();
            List<TextExample> texts =
                forTraining(Map.of(ConfigKeys.TASK, WORDS.id()), WORDS)
                    .orElseThrow()
                    .examples(SplitName.TRAIN);
            List<EncodedExample> encoded =
                new TextEncoder(tokenizer, length).encodeAll(sample(texts, texts.size()));
            return width(encoded, 1, compression.distillBatchSize(), tokenizer) / length;
          }
        });
  }

  /** From all over a part, its first examples if no more are used. */
  private static <T> List<T> sample(List<T> all, long used) {
    int count = (int) Math.min(SAMPLE, used);
    List<T> sample = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sample.add(Objects.requireNonNull(all.get((int) (i * used / count))));
    }
    return sample;
  }

  private Optional<? extends TaskData<?>> data(RunConfig config) {
    return data(config.kind(), config);
  }

  private <X extends Example> Optional<TaskData<X>> data(
      TaskKind<X, ?, ?, ?> kind, RunConfig config) {
    return kind.anyTask(config.task(), config.keys())
        .flatMap(task -> forTraining(TaskSource.dataOf(config), task));
  }

  /** Reads a task's data once; every task has data of its own type. */
  @SuppressWarnings("unchecked")
  private <X extends Example> Optional<TaskData<X>> forTraining(
      Map<String, Object> key, Task<X> task) {
    return (Optional<TaskData<X>>)
        read.computeIfAbsent(
            key,
            unread -> {
              try {
                return Optional.of(task.forTraining(task.read(data)));
              } catch (MissingDataException | UncheckedIOException | InputException e) {
                notes.accept(String.valueOf(e.getMessage()));
                return Optional.empty();
              }
            });
  }
}
