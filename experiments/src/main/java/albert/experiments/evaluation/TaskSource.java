package albert.experiments.evaluation;

import albert.datasets.batch.FeatureCache;
import albert.datasets.task.Example;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskKind;
import albert.reports.summary.StudyDescription.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A task's data as it was read. */
public interface TaskSource {
  /**
   * Reads a task's data.
   *
   * @param task its id
   * @param folder of the data sets
   * @throws albert.datasets.DataFormatException if data is missing or malformed
   */
  static TaskSource read(String task, Path folder) {
    return read(TaskKinds.of(task).orElseThrow(), task, folder);
  }

  private static <X extends Example, O extends Record, S extends Sequences, P> TaskSource read(
      TaskKind<X, O, S, P> kind, String id, Path folder) {
    var task = kind.task(id).orElseThrow();
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

  /** What the scores are compared with, without any training. */
  List<Reference> references();

  /** Of a configuration what decides the sequences: runs that agree in it share the data. */
  static Map<String, Object> sequencesOf(RunConfig config) {
    Map<String, Object> values = new TreeMap<>(ConfigKeys.values(config.keys()));
    values.keySet().retainAll(config.kind().keysOfSequences());
    values.put(ConfigKeys.TASK, config.task());
    values.put("max_seq_length", config.training().maxSeqLength());
    values.put("max_train_examples", config.training().maxTrainExamples());
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
      int most = config.training().maxTrainExamples();
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
    public List<Reference> references() {
      return kind.references(data);
    }
  }
}
