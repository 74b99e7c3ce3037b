package albert.experiments.replay;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Stage;
import albert.experiments.Folders;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.Settings;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.RunListener;
import albert.experiments.run.RunProvenance;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.DivergedException;
import albert.experiments.training.pretraining.Pretraining;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.experiments.training.pretraining.WatchedPretraining;
import albert.model.io.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Does a recorded pretraining again, with the tokenizer beside its model and the texts where they
 * lay.
 *
 * @param settings where checkpoints are, and what repeats
 * @param folder of the pretraining
 * @param scratch an empty folder
 */
record RepeatedPretraining(RunEnvironment settings, Path folder, Path scratch) {

  /**
   * Pretrains.
   *
   * @param values the recorded configuration
   * @throws InputException if texts, tokenizer or checkpoint are others, or not there
   */
  @SuppressWarnings("try") // the lock is held, not used
  void execute(RunRecord record, Map<String, Object> values, RunListener progress, StopSignal stop)
      throws IOException {
    if (Folders.holdsFiles(scratch)) {
      throw new InputException(
          String.format(Locale.ROOT, "%s is not empty; --output names another folder", scratch));
    }
    Path tokenizerFile =
        Objects.requireNonNull(
            CheckpointDirectory.tokenizerFile(folder), "a pretrained model has a tokenizer");
    try (Tokenizer tokenizer =
            Tokenizers.open(tokenizerFile, PretrainingJob.hadSpecialInText(record));
        RunLock lock =
            RunLock.tryAcquire(new RunDirectory(scratch))
                .orElseThrow(() -> new InputException("another process is at " + scratch))) {
      PretrainingJob job = job(record, values, tokenizer, tokenizerFile);
      requireSame(record, job.inputs());
      StageWatch watch = new StageWatch(progress, System::nanoTime);
      watch.begin(Stage.PRETRAINING, Stage.PRETRAINING.words(), job.config().maxSteps(), 0);
      new Pretraining(job, scratch, new WatchedPretraining(watch, progress::announced), stop).run();
      watch.end();
    } catch (DivergedException unusedRecorded) {
      // the record says so
    }
  }

  private PretrainingJob job(
      RunRecord record, Map<String, Object> values, Tokenizer tokenizer, Path tokenizerFile) {
    values.keySet().removeAll(List.of(ConfigKeys.TASK, ConfigKeys.SPECIAL_IN_TEXT));
    Settings keys = RecordedConfig.pretraining(values);
    PretrainingConfig config = PretrainingKeys.training(keys);
    Optional<String> model = keys.find(ConfigKeys.MODEL).map(one -> String.valueOf(one.value()));
    PretrainedModel start = model.map(settings.models()::get).orElse(null);
    if (start != null) {
      requireSame(record, List.of(start.weights())); // before texts are read, which takes longer
    }
    return new PretrainingJob(
        RecordedConfig.encoder(keys),
        config,
        record.initSeed(),
        start,
        model.orElseGet(() -> String.valueOf(values.get(ConfigKeys.PRESET))),
        texts(record, PretrainingJob.CORPUS).orElseThrow(),
        texts(record, PretrainingJob.ADDITIONAL_CORPUS),
        tokenizer,
        tokenizerFile,
        PretrainingJob.hadSpecialInText(record),
        RunProvenance.of(
            settings.commit(),
            settings.software(),
            config.runtime().resolve(),
            settings.command()));
  }

  private Optional<Path> texts(RunRecord record, String name) {
    Optional<Path> texts =
        record.data().stream()
            .filter(read -> read.name().equals(name))
            .map(read -> Path.of(read.source()))
            .findFirst();
    texts.ifPresent(
        path -> {
          if (!Files.exists(path)) {
            throw new InputException(
                String.format(
                    Locale.ROOT,
                    "%s, which the pretraining read, is not there; run.json in %s says where its"
                        + " texts lie",
                    path,
                    folder));
          }
        });
    return texts;
  }

  /** Sees that what is read now is what was read then. */
  private void requireSame(RunRecord record, List<DataFingerprint> now) {
    Map<String, String> then = Replay.hashes(record.data());
    Replay.hashes(now)
        .forEach(
            (name, sha256) -> {
              if (!sha256.equals(then.get(name))) {
                throw new InputException(
                    String.format(
                        Locale.ROOT,
                        "%s of the pretraining in %s had the SHA-256 %s, here it is %s",
                        name,
                        folder,
                        then.get(name),
                        sha256));
              }
            });
  }
}
