package albert.experiments.replay;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.experiments.Folders;
import albert.experiments.InputException;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.Settings;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.RunProvenance;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.pretraining.IntrinsicScores;
import albert.experiments.training.pretraining.Pretraining;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.experiments.training.pretraining.PretrainingOrigin;
import albert.experiments.training.pretraining.PretrainingRecord;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a pretraining with its recorded keys, seed, threads and precision in a folder of its own,
 * and compares: the figures step by step, then the weights tensor by tensor, then the scores on
 * held-out text.
 *
 * @param settings where checkpoints are, and what repeats
 * @param folder of the pretraining
 * @param scratch an empty folder
 */
public record PretrainingReplay(RunEnvironment settings, Path folder, Path scratch) {

  /**
   * The record of a pretraining that is over.
   *
   * @throws InputException if it did not finish, or does not say where its texts lie
   */
  public static PretrainingRecord recorded(Path folder) throws IOException {
    PretrainingRecord record;
    try {
      record = PretrainingRecord.read(folder).orElseThrow();
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    if (record.result() == null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the pretraining in %s is not finished, only a finished one can be repeated",
              folder));
    }
    if (record.origin() == null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the pretraining in %s does not record its origin: a study made it, of which a run can"
                  + " be repeated, or an older version",
              folder));
    }
    return record;
  }

  /**
   * Repeats and compares.
   *
   * @throws InputException if texts, tokenizer or checkpoint are others, or not there
   * @throws albert.model.config.ConfigException if the configuration is not one of this version
   */
  public Replay.Outcome execute(
      PretrainingRecord record, TrainingListener progress, StopSignal stop) throws IOException {
    if (Folders.holdsFiles(scratch)) {
      throw new InputException(
          String.format(Locale.ROOT, "%s is not empty; --output names another folder", scratch));
    }
    Path tokenizerFile = tokenizerFile();
    try (Tokenizer tokenizer = Tokenizers.open(tokenizerFile)) {
      PretrainingJob job = job(record, tokenizer, tokenizerFile);
      requireSame(record.data(), job.fingerprints());
      Pretraining.Result fresh = repeat(job, progress, stop);
      FolderComparison comparison = new FolderComparison();
      Optional<String> difference = compare(comparison, job, record, fresh);
      return new Replay.Outcome(
          difference.isEmpty(), difference.orElse(null), comparison.compared(), List.of());
    } catch (DivergedException e) {
      return new Replay.Outcome(
          false, "the pretraining failed now: " + e.getMessage(), List.of(), List.of());
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private Pretraining.Result repeat(PretrainingJob job, TrainingListener progress, StopSignal stop)
      throws IOException {
    try (RunLock lock =
        RunLock.tryAcquire(new RunDirectory(scratch))
            .orElseThrow(() -> new InputException("another process is at " + scratch))) {
      return new Pretraining(job, scratch, progress, stop).run();
    }
  }

  private Optional<String> compare(
      FolderComparison comparison,
      PretrainingJob job,
      PretrainingRecord record,
      Pretraining.Result fresh)
      throws IOException {
    Optional<String> difference =
        comparison.metrics(new RunDirectory(folder).metrics(), new RunDirectory(scratch).metrics());
    if (difference.isEmpty()) {
      difference = comparison.weights(folder, scratch);
    }
    return difference.isPresent()
        ? difference
        : comparison.values(
            "scores", scores(job, Objects.requireNonNull(record.result())), scores(job, fresh));
  }

  private static Map<String, Double> scores(PretrainingJob job, Pretraining.Result result) {
    return Replay.scores(IntrinsicScores.of(job.config().objective(), result));
  }

  private PretrainingJob job(PretrainingRecord record, Tokenizer tokenizer, Path tokenizerFile) {
    PretrainingOrigin origin = Objects.requireNonNull(record.origin());
    Map<String, Object> values = Replay.resolved(record.config(), origin.provenance());
    String start = String.valueOf(values.remove(PretrainingJob.START));
    long seed = Long.parseLong(String.valueOf(values.remove(PretrainingJob.SEED)));
    Settings keys = RecordedConfig.pretraining(values);
    PretrainingConfig config = PretrainingKeys.training(keys);
    return new PretrainingJob(
        RecordedConfig.encoder(keys),
        config,
        seed,
        checkpoint(start, origin.model()),
        start,
        texts(origin.corpus()),
        Optional.ofNullable(origin.additionalCorpus()).map(this::texts),
        tokenizer,
        tokenizerFile,
        new PretrainingOrigin(
            origin.corpus(),
            origin.additionalCorpus(),
            origin.model(),
            RunProvenance.of(
                settings.commit(),
                settings.software(),
                config.runtime().resolve(),
                settings.command())));
  }

  /** The copy beside the model. */
  private Path tokenizerFile() {
    return Objects.requireNonNull(
        CheckpointDirectory.read(folder).tokenizerFile(), "a pretrained model has a tokenizer");
  }

  private @Nullable LoadedModel checkpoint(String name, List<DataFingerprint> read) {
    if (read.isEmpty()) {
      return null;
    }
    requireSame(Replay.hashes(read), Replay.hashes(settings.models().get(name).fingerprints()));
    return settings.models().get(name).model();
  }

  private Path texts(String path) {
    if (!Files.exists(Path.of(path))) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s, which the pretraining read, is not there; pretraining.json in %s says where its"
                  + " texts lie",
              path,
              folder));
    }
    return Path.of(path);
  }

  private void requireSame(Map<String, String> then, Map<String, String> now) {
    then.forEach(
        (name, sha256) -> {
          if (!sha256.equals(now.get(name))) {
            throw new InputException(
                String.format(
                    Locale.ROOT,
                    "%s of the pretraining in %s had the SHA-256 %s, here it is %s",
                    name,
                    folder,
                    sha256,
                    now.get(name)));
          }
        });
  }
}
