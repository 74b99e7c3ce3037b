package albert.experiments.forecast;

import albert.datasets.DataFormatException;
import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.squad.SpanData;
import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SquadTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.Tasks;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.datasets.text.Tokenizers;
import albert.experiments.InputException;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.RunConfig;
import albert.experiments.config.SpanConfig;
import albert.experiments.pretrained.PretrainedModels;
import albert.experiments.run.RunTokenizer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Whose glosses a compression learns from. */
  private static final String WORDNET = "wordnet";

  private final Path data;
  private final PretrainedModels models;
  private final Consumer<String> notes;
  private final Map<String, Optional<TaskData>> texts = new HashMap<>();
  private final Map<String, Optional<SpanData>> questions = new HashMap<>();
  private final Map<Key, Optional<Size>> sizes = new HashMap<>();
  private final Map<Key, Double> unlabelled = new HashMap<>();

  private record Key(Path tokenizer, RunConfig config, SplitName split) {}

  /**
   * @param sequences how many
   * @param width mean length of a batch's rows, padding included
   */
  record Size(long sequences, double width) {}

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
  @Nullable Long examples(String task, SplitName split) {
    return SquadTask.byId(task).isPresent()
        ? questions(task)
            .filter(found -> found.has(split))
            .map(found -> (long) found.examples(split).size())
            .orElse(null)
        : texts(task)
            .filter(found -> found.has(split))
            .map(found -> (long) found.examples(split).size())
            .orElse(null);
  }

  /** What a run makes of a part; empty where the data is missing. */
  Optional<Size> of(RunConfig config, SplitName split) {
    Long examples = examples(config.task(), split);
    if (examples == null || examples == 0) {
      return Optional.empty();
    }
    int most = config.training().maxTrainExamples();
    long used = split == SplitName.TRAIN && most > 0 ? Math.min(most, examples) : examples;
    Path tokenizer = RunTokenizer.file(config, models);
    return sizes.computeIfAbsent(
        new Key(tokenizer, config, split), key -> Optional.of(sampled(key, used)));
  }

  private Size sampled(Key key, long examples) {
    try (Tokenizer tokenizer = Tokenizers.open(key.tokenizer)) {
      RunConfig config = key.config;
      int length = config.training().maxSeqLength();
      SpanConfig spans = config.spans();
      List<EncodedExample> encoded;
      long drawn;
      if (spans == null) {
        List<TextExample> sample =
            sample(texts(config.task()).orElseThrow().examples(key.split), examples);
        drawn = sample.size();
        encoded = new SequenceEncoder(tokenizer, length).encodeAll(sample);
      } else {
        List<SpanExample> sample =
            sample(questions(config.task()).orElseThrow().examples(key.split), examples);
        drawn = sample.size();
        encoded =
            new SpanEncoder(tokenizer, length, spans.docStride(), spans.maxQueryLength())
                .encode(sample)
                .examples();
      }
      return new Size(
          Math.round((double) examples * encoded.size() / drawn),
          width(encoded, config.training().batchSize(), tokenizer));
    }
  }

  /** Mean length of the rows of batches. */
  private static double width(List<EncodedExample> encoded, int batchSize, Tokenizer tokenizer) {
    Batcher batches =
        new Batcher(encoded, batchSize, tokenizer.specialTokens().pad(), WIDTH_MULTIPLE);
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
            List<TextExample> texts = texts(WORDNET).orElseThrow().examples(SplitName.TRAIN);
            List<EncodedExample> encoded =
                new SequenceEncoder(tokenizer, length).encodeAll(sample(texts, texts.size()));
            return width(encoded, compression.distillBatchSize(), tokenizer) / length;
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

  private Optional<TaskData> texts(String task) {
    return texts.computeIfAbsent(
        task,
        id -> {
          try {
            return Tasks.byId(id).map(known -> known.read(data));
          } catch (DataFormatException e) {
            notes.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
          }
        });
  }

  private Optional<SpanData> questions(String task) {
    return questions.computeIfAbsent(
        task,
        id -> {
          try {
            return SquadTask.byId(id).map(known -> known.read(data));
          } catch (DataFormatException | UncheckedIOException | InputException e) {
            notes.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
          }
        });
  }
}
