package albert.experiments.training.pretraining;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunId;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.Timings;
import albert.experiments.config.LaterKeys;
import albert.experiments.training.CountedCosts;
import albert.experiments.training.TrainingState;
import albert.model.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The record of a pretraining, from running to finished or failed. */
final class RecordedPretraining {

  private static final String STUDY = "pretrain";

  /** Raised when the same configuration, seed and data would give other results. */
  private static final int RESULTS_VERSION = 1;

  /** Keys that may change when a training goes on: they don't change what is computed. */
  private static final Set<String> FREE =
      Set.of("checkpoint_steps", "keep_checkpoints", "eval_steps", "eval_examples", "threads");

  private final RunDirectory directory;
  private final Instant started;
  private final RunRecordBuilder record;

  private RecordedPretraining(RunDirectory directory, Instant started, RunRecordBuilder record) {
    this.directory = directory;
    this.started = started;
    this.record = record;
  }

  /**
   * Writes the record of a training that begins, or compares with that of the one that goes on.
   *
   * @throws ConfigException if a key or a corpus is another
   */
  static RecordedPretraining begin(Path output, PretrainingJob job, List<DataFingerprint> data)
      throws IOException {
    RunDirectory directory = new RunDirectory(output);
    @Nullable RunRecord before =
        Files.exists(directory.record())
            ? new StrictJson().read(directory.record(), RunRecord.class)
            : null;
    Instant started = before == null ? Instant.now() : before.timings().started();
    Map<String, Object> identity = job.values();
    identity.keySet().removeAll(FREE);
    LaterKeys.removeDefaults(identity);
    RunRecordBuilder record =
        RunRecord.builder()
            .run(STUDY, RunId.of(identity, job.seed(), job.seed(), data, RESULTS_VERSION))
            .config(job.values())
            .seeds(job.seed(), job.seed())
            .provenance(job.provenance())
            .data(data)
            .costs(
                CountedCosts.of(
                    job.encoder(), job.config().batchSize(), job.config().maxSeqLength()))
            .timings(Timings.startedAt(started));
    if (before != null) {
      RunRecord now = record.build();
      compare(output, hashes(before), hashes(now), "has the SHA-256");
      compare(output, keys(before), keys(now), "is");
    }
    RecordedPretraining begun = new RecordedPretraining(directory, started, record);
    begun.write();
    return begun;
  }

  private static Map<String, Object> hashes(RunRecord record) {
    Map<String, Object> hashes = new TreeMap<>();
    record.data().forEach(one -> hashes.put(one.name(), one.sha256()));
    return hashes;
  }

  private static Map<String, Object> keys(RunRecord record) {
    Map<String, Object> keys = new TreeMap<>(record.config());
    LaterKeys.removeDefaults(keys);
    keys.put("seed", record.initSeed());
    return keys;
  }

  private static void compare(
      Path folder, Map<String, Object> before, Map<String, Object> now, String verb) {
    Map<String, Object> all = new TreeMap<>(before);
    all.putAll(now);
    all.keySet().removeAll(FREE);
    for (String key : all.keySet()) {
      if (!Objects.equals(before.get(key), now.get(key))) {
        throw new ConfigException(
            key,
            String.format(
                Locale.ROOT,
                "%s %s %s, but the training in %s began with %s: take that again, or another"
                    + " --output",
                key,
                verb,
                now.getOrDefault(key, "none"),
                folder,
                before.getOrDefault(key, "none")));
      }
    }
  }

  /** It is over. */
  void finished(TrainingState state, Pretraining.Result result, ModelSize size, List<Score> scores)
      throws IOException {
    record
        .timings(
            new Timings(
                started,
                Instant.now(),
                state.seconds(),
                state.evaluationSeconds(),
                List.of(new StageSeconds(Stage.PRETRAINING, result.steps(), result.seconds())),
                result.skippedSteps()))
        .performance(new Performance(result.tokensPerSecond(), null, null))
        .size(size)
        .finished(scores);
    write();
  }

  /** It diverged. */
  void failed(String reason) throws IOException {
    record.timings(new Timings(started, Instant.now(), null, null)).failed(reason);
    write();
  }

  private void write() throws IOException {
    AtomicFiles.writeText(directory.record(), new StrictJson().write(record.build()));
  }
}
