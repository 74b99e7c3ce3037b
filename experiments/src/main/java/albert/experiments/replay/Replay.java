package albert.experiments.replay;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.DeviceCount;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Settings;
import albert.experiments.config.TrainingConfig;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.RunListener;
import albert.experiments.run.SingleRun;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.finetuning.RunWeights;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.model.io.CheckpointDirectory;
import albert.model.runtime.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a run or a pretraining with its recorded configuration, seeds, threads and precision in a
 * folder of its own, and compares: the losses step by step, then the weights tensor by tensor, then
 * predictions and scores.
 *
 * @param settings where data and checkpoints are
 * @param folder of the run or the pretraining
 * @param scratch an empty folder
 */
public record Replay(RunEnvironment settings, Path folder, Path scratch) {

  /**
   * What came out.
   *
   * @param equal whether everything is equal bit for bit
   * @param difference the first that is not; null if equal
   * @param compared what was compared and equal, in words
   * @param notCompared what the run did not keep, in words
   */
  public record Outcome(
      boolean equal,
      @Nullable String difference,
      List<String> compared,
      List<String> notCompared) {}

  /**
   * The record of a run that is over.
   *
   * @throws InputException if there is none, or the run did not finish
   */
  public static RunRecord recorded(Path folder) throws IOException {
    if (!Files.exists(new RunDirectory(folder).record())) {
      throw new InputException(
          String.format(Locale.ROOT, "%s is not the folder of a run: it has no run.json", folder));
    }
    RunRecord record = read(folder);
    if (record.status() != RunStatus.FINISHED) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s in %s is %s, only a finished one can be repeated",
              word(record),
              folder,
              record.status().name().toLowerCase(Locale.ROOT)));
    }
    return record;
  }

  private static RunRecord read(Path folder) throws IOException {
    try {
      return new StrictJson().read(new RunDirectory(folder).record(), RunRecord.class);
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private static String word(RunRecord record) {
    return PretrainingJob.isRecordedIn(record) ? "the pretraining" : "the run";
  }

  /**
   * In what this is not what made a training, a line each: results may differ for that.
   *
   * @param then what made it
   */
  public static List<String> warnings(
      Provenance then, String commit, Provenance.Software software) {
    Hardware here = Hardware.detect();
    List<String> lines = new ArrayList<>();
    differs(lines, "processor", then.hardware().cpuModel(), here.cpuModel());
    differs(
        lines,
        "cpu features",
        String.join(" ", then.hardware().cpuFeatures()),
        String.join(" ", here.cpuFeatures()));
    differs(lines, "commit", then.commit(), commit);
    differs(lines, "suite", then.software().suite(), software.suite());
    differs(lines, "TensorFlow", then.software().tensorflow(), software.tensorflow());
    differs(lines, "Java", then.software().java(), software.java());
    int threads = then.execution().threads();
    if (here.cores() < threads) {
      lines.add(
          String.format(
              Locale.ROOT,
              "it was made with %d threads, here are %d cores",
              threads,
              here.cores()));
    }
    if (threads > 1) {
      lines.add(
          String.format(
              Locale.ROOT,
              "it was made with %d threads: sums may come in another order each time; one thread is equal"
                  + " bit for bit",
              threads));
    }
    return lines;
  }

  private static void differs(List<String> lines, String what, String then, String now) {
    if (!then.equals(now)) {
      lines.add(String.format(Locale.ROOT, "%s was %s, here it is %s", what, then, now));
    }
  }

  /**
   * Repeats and compares.
   *
   * @throws InputException if the data or the checkpoint is another
   * @throws albert.model.config.ConfigException if the configuration is not one of this version
   */
  public Outcome execute(RunRecord record, RunListener progress, StopSignal stop, Clock clock)
      throws IOException {
    Map<String, Object> values = resolved(record.config(), record.provenance());
    RunRecord fresh;
    if (PretrainingJob.isRecordedIn(record)) {
      new RepeatedPretraining(settings, folder, scratch).execute(record, values, progress, stop);
      fresh = read(scratch);
    } else {
      fresh = run(record, values, progress, stop, clock);
    }
    if (fresh.status() != RunStatus.FINISHED) {
      String reason = word(record) + " failed now: " + fresh.failureReason();
      return new Outcome(false, reason, List.of(), List.of());
    }
    FolderComparison comparison = new FolderComparison();
    Optional<String> difference = compare(comparison, record, fresh);
    return new Outcome(
        difference.isEmpty(), difference.orElse(null), comparison.compared(), notCompared(record));
  }

  private RunRecord run(
      RunRecord record,
      Map<String, Object> values,
      RunListener progress,
      StopSignal stop,
      Clock clock)
      throws IOException {
    values.put(ConfigKeys.KEEP, "both"); // whatever the run kept has its counterpart
    values.putIfAbsent(ConfigKeys.PREDICT_PARTS, predictedMore() ? "all" : "dev");
    Settings given = RecordedConfig.settings(values);
    SingleRun again =
        new SingleRun(
            settings,
            RecordedConfig.of(given.values()),
            given,
            new RunSeeds(record.initSeed(), record.dataSeed()),
            scratch);
    requireSameData(record.data(), again.inputs());
    return again.execute(false, progress, stop, clock);
  }

  private Optional<String> compare(FolderComparison comparison, RunRecord record, RunRecord fresh)
      throws IOException {
    RunDirectory old = new RunDirectory(folder);
    RunDirectory now = new RunDirectory(scratch);
    Optional<String> difference = comparison.metrics(old.metrics(), now.metrics());
    if (difference.isEmpty()) {
      difference =
          PretrainingJob.isRecordedIn(record)
              ? comparison.weights(folder, scratch)
              : weights(comparison);
    }
    if (difference.isEmpty()) {
      difference = comparison.predictions(old.predictions(), now.predictions());
    }
    return difference.isPresent()
        ? difference
        : comparison.values("scores", scores(record.scores()), scores(fresh.scores()));
  }

  private Optional<String> weights(FolderComparison comparison) throws IOException {
    RunWeights old = new RunWeights(new RunDirectory(folder));
    RunWeights now = new RunWeights(new RunDirectory(scratch));
    Path last = now.last().orElseThrow();
    Optional<String> difference = old.last().flatMap(then -> comparison.weights(then, last));
    Path best = now.best().orElse(last);
    return difference.isPresent()
        ? difference
        : old.best().flatMap(then -> comparison.weights(then, best));
  }

  private List<String> notCompared(RunRecord record) throws IOException {
    if (PretrainingJob.isRecordedIn(record)) {
      return Files.exists(CheckpointDirectory.weights(folder)) ? List.of() : List.of("the weights");
    }
    RunWeights old = new RunWeights(new RunDirectory(folder));
    boolean differ = new RunWeights(new RunDirectory(scratch)).best().isPresent();
    List<String> missing = new ArrayList<>();
    if (old.last().isEmpty() && (differ || old.best().isEmpty())) {
      missing.add("the last weights");
    }
    if (old.best().isEmpty() && differ) {
      missing.add("the best weights");
    }
    return missing;
  }

  /** As recorded, but for what {@code auto} and all cores resolved to there. */
  static Map<String, Object> resolved(Map<String, Object> config, Provenance provenance) {
    Map<String, Object> values = new TreeMap<>(config);
    Provenance.Execution execution = provenance.execution();
    values.put("threads", execution.threads());
    values.put("device", execution.device());
    values.put("precision", execution.precision());
    values.put(
        DeviceCount.KEY, Objects.toString(execution.devices(), TrainingConfig.DEFAULT.devices()));
    return values;
  }

  /** Whether a run from before that was a key predicted more than dev. */
  private boolean predictedMore() {
    return Files.exists(new RunDirectory(folder).predictions().resolve("submission.zip"));
  }

  /** Those that there are, by what they are of. */
  static Map<String, Double> scores(List<Score> scores) {
    Map<String, Double> values = new TreeMap<>();
    for (Score score : scores) {
      Double value = score.value();
      if (value != null) {
        values.put(
            String.join(" ", score.task(), score.metric(), score.split(), score.protocol()), value);
      }
    }
    return values;
  }

  private static void requireSameData(List<DataFingerprint> old, List<DataFingerprint> fresh) {
    Map<String, String> then = hashes(old);
    Map<String, String> now = hashes(fresh);
    if (!Objects.equals(then, now)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the run read %s with SHA-256 %s, here it is %s; --data says where"
                  + " data sets lie",
              String.join(", ", then.keySet()),
              String.join(", ", then.values()),
              String.join(", ", now.values())));
    }
  }

  /** SHA-256 by name. */
  static Map<String, String> hashes(List<DataFingerprint> data) {
    Map<String, String> hashes = new TreeMap<>();
    data.forEach(one -> hashes.put(one.name(), one.sha256()));
    return hashes;
  }
}
