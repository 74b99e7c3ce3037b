package albert.experiments.training.pretraining;

import albert.evaluation.record.AddedLater;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.model.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code pretraining.json}: what is trained on what, and in the end what came out.
 *
 * @param config every key with its value
 * @param data SHA-256 of tokenizer and corpora
 * @param result null until the training is over
 * @param origin where the texts lie and what made it; null for one that a study made
 */
public record PretrainingRecord(
    Map<String, Object> config,
    Map<String, String> data,
    Pretraining.@Nullable Result result,
    @AddedLater @Nullable PretrainingOrigin origin) {

  private static final String FILE = "pretraining.json";

  /** Keys that may change when a training goes on: they don't change what is computed. */
  private static final Set<String> FREE =
      Set.of("checkpoint_steps", "keep_checkpoints", "eval_steps", "eval_examples", "threads");

  /** Whether a training was begun in a folder. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** The record of a folder, if it has one. */
  public static Optional<PretrainingRecord> read(Path folder) throws IOException {
    return isIn(folder)
        ? Optional.of(new StrictJson().read(folder.resolve(FILE), PretrainingRecord.class))
        : Optional.empty();
  }

  /**
   * Writes the record of a training that begins, or compares with that of the one that goes on.
   *
   * @throws ConfigException if a key or a corpus is another
   */
  static void check(Path folder, PretrainingJob job, Map<String, String> data) throws IOException {
    Path file = folder.resolve(FILE);
    StrictJson json = new StrictJson();
    PretrainingRecord now = of(job, data, null);
    if (!Files.exists(file)) {
      AtomicFiles.writeText(file, json.write(now));
      return;
    }
    PretrainingRecord before = json.read(file, PretrainingRecord.class);
    compare(folder, before.data, now.data, "has the SHA-256");
    // through JSON, so that numbers are compared as they are read
    PretrainingRecord read = json.parse(file, 1, json.write(now), PretrainingRecord.class);
    compare(folder, before.config, read.config, "is");
  }

  private static <V> void compare(
      Path folder, Map<String, V> before, Map<String, V> now, String verb) {
    Map<String, V> all = new TreeMap<>(before);
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
                now.get(key),
                folder,
                before.get(key)));
      }
    }
  }

  static void write(
      Path folder, PretrainingJob job, Map<String, String> data, Pretraining.Result result)
      throws IOException {
    AtomicFiles.writeText(folder.resolve(FILE), new StrictJson().write(of(job, data, result)));
  }

  private static PretrainingRecord of(
      PretrainingJob job, Map<String, String> data, Pretraining.@Nullable Result result) {
    return new PretrainingRecord(job.values(), new TreeMap<>(data), result, job.origin());
  }
}
