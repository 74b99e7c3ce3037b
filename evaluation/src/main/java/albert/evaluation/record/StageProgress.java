package albert.evaluation.record;

import albert.evaluation.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stage that a run is in, in {@code stage.json} while a process is at it, for those who look on
 * from outside.
 *
 * @param stage which
 * @param done steps of it, in its {@linkplain Stage#unit() unit}
 * @param all steps that it has; 0 where it can't be counted
 * @param stageSeconds that are left of it; null where unknown, as the next two
 * @param runSeconds that are left of the run, this stage included
 * @param studySeconds that are left of the study, one run after the other
 * @param at when this was so
 */
public record StageProgress(
    Stage stage,
    long done,
    long all,
    @Nullable Double stageSeconds,
    @Nullable Double runSeconds,
    @Nullable Double studySeconds,
    Instant at) {

  public StageProgress {
    Require.present("stage", stage);
    Require.notNegative("done", done);
    Require.notNegative("all", all);
    Require.notNegative("stage_seconds", stageSeconds);
    Require.notNegative("run_seconds", runSeconds);
    Require.notNegative("study_seconds", studySeconds);
    Require.present("at", at);
  }

  /** The same later, if all went on as expected: what is left falls with the time. */
  public StageProgress asOf(Instant now) {
    double passed = Math.max(0, Duration.between(at, now).toMillis() * 1e-3);
    return new StageProgress(
        stage,
        done,
        all,
        less(stageSeconds, passed),
        less(runSeconds, passed),
        less(studySeconds, passed),
        now);
  }

  private static @Nullable Double less(@Nullable Double seconds, double passed) {
    return seconds == null ? null : (Double) Math.max(0, seconds - passed);
  }

  /** Writes it into a run's folder, whole or not at all. */
  public void write(RunDirectory run) throws IOException {
    AtomicFiles.writeText(run.stage(), new StrictJson().write(this));
  }

  /** Removes it: no stage is at work any more. */
  public static void remove(RunDirectory run) throws IOException {
    Files.deleteIfExists(run.stage());
  }

  /**
   * Reads it.
   *
   * @return empty if there is none
   * @throws RecordFormatException if it is not in the format
   */
  public static Optional<StageProgress> read(RunDirectory run) throws IOException {
    Path file = run.stage();
    try {
      return Files.exists(file)
          ? Optional.of(new StrictJson().read(file, StageProgress.class))
          : Optional.empty();
    } catch (java.nio.file.NoSuchFileException ended) {
      return Optional.empty(); // between the two calls
    }
  }
}
