package albert.experiments.evaluation;

import albert.datasets.batch.FeatureCache;
import albert.datasets.task.Example;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.reports.summary.StudyDescription.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A task's data as it was read. */
public interface TaskSource {
  /**
   * Reads the data of a run's task.
   *
   * @param config names the task, and says how its data is read
   * @param folder of the data sets
   * @throws albert.datasets.DataFormatException if data is missing or malformed
   */
  static TaskSource read(RunConfig config, Path folder) {
    return read(config.kind(), config, folder);
  }

  private static <X extends Example, O extends Record, S extends Sequences, P> TaskSource read(
      TaskKind<X, O, S, P> kind, RunConfig config, Path folder) {
    var task = kind.anyTask(config.task(), config.keys()).orElseThrow();
    return new OfKind<>(kind, task.forTraining(task.read(folder)));
  }

  /** What is read for a run of a configuration. */
  DataFingerprint fingerprint(RunConfig config);

  /**
   * As ids.
   *
   * @param tokenizer makes them; the caller closes it
   * @param tokenizerFile that it was opened from
   */
  EncodedTask encode(RunConfig config, Tokenizer tokenizer, Path tokenizerFile);

  /**
   * What the scores are compared with, without any training.
   *
   * @param maxTrainExamples how many training examples it may look at; 0 for all
   */
  List<Reference> references(int maxTrainExamples);

  /** Of a configuration what decides the data: runs that agree in it read the same. */
  static Map<String, Object> dataOf(RunConfig config) {
    return valuesOf(config, config.kind().keysOfData());
  }

  private static Map<String, Object> valuesOf(RunConfig config, Set<String> keys) {
    Map<String, Object> values = new TreeMap<>(ConfigKeys.values(config.keys()));
    values.keySet().retainAll(keys);
    values.put(ConfigKeys.TASK, config.task());
    return values;
  }

  /** Of a configuration what decides the sequences: runs that agree in it share the data. */
  static Map<String, Object> sequencesOf(RunConfig config) {
    Map<String, Object> values = valuesOf(config, config.kind().keysOfSequences());
    values.putAll(dataOf(config));
    values.put("max_seq_length", config.training().maxSeqLength());
    values.put(ConfigKeys.MAX_TRAIN_EXAMPLES, config.training().maxTrainExamples());
    values.put("tokenizer", RunTokenizer.name(config));
    return values;
  }

  /**
   * Data of a kind of task.
   *
   * @param data with a train and a dev part
   */
  record OfKind<X extends Example, O extends Record, S extends Sequences, P>(
      TaskKind<X, O, S, P> kind, TaskData<X> data) implements TaskSource {
    @Override
    public DataFingerprint fingerprint(RunConfig config) {
      return used(config).fingerprint();
    }

    private TaskData<X> used(RunConfig config) {
      return first(config.training().maxTrainExamples());
    }

    private TaskData<X> first(int most) {
      return most == 0 ? data : data.withFirstTrain(most);
    }

    @Override
    public EncodedTask encode(RunConfig config, Tokenizer tokenizer, Path tokenizerFile) {
      TaskData<X> used = used(config);
      int length = config.training().maxSeqLength();
      O keys = kind.keysType().cast(config.keys());
      return new TypedTask<>(
          kind,
          used,
          kind.train(
              used,
              () -> RunTokenizer.open(tokenizerFile, config),
              length,
              keys,
              FeatureCache.of(System.getenv())),
          kind.encode(used.examples(SplitName.DEV), tokenizer, length, keys),
          tokenizer.specialTokens().pad(),
          tokenizerFile);
    }

    @Override
    public List<Reference> references(int maxTrainExamples) {
      return kind.references(first(maxTrainExamples));
    }
  }
}
