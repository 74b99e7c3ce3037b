package albert.experiments.run;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.Timings;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunPlan;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.runtime.Hardware;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a run: its record from running to finished or failed.
 *
 * @param settings where it runs
 * @param plan the study
 * @param run what is run
 * @param id its name in the store
 * @param task its data
 * @param checkpoint what it starts from; null starts from scratch
 * @param clock tells the times of the record
 */
record RunAttempt(
    RunSettings settings,
    RunPlan plan,
    PlannedRun run,
    String id,
    EncodedTask task,
    @Nullable PretrainedModel checkpoint,
    Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(RunAttempt.class);

  /**
   * Runs.
   *
   * @return the record as it was written last
   * @throws StoppedException if asked to stop: the record then says running, and without its lock
   *     that means broken off
   * @throws IOException if the record can't be written
   */
  RunRecord execute(RunDirectory directory, TrainingListener progress, StopSignal stop)
      throws IOException {
    Instant started = clock.instant();
    RunRecordBuilder record =
        RunRecord.builder()
            .run(plan.study().name(), id)
            .config(run.config().values())
            .variant(plan.varied(run))
            .seeds(run.seeds().init(), run.seeds().data())
            .provenance(provenance(run.config().training().runtime().resolve()))
            .data(StudyRunner.inputs(task, checkpoint))
            .costs(CountedCosts.of(run.config()))
            .timings(Timings.startedAt(started));
    settings.store().write(record.build());
    try {
      FineTuning.Result result =
          new FineTuning(run.config(), run.seeds(), task, checkpoint, stop)
              .run(directory, progress);
      record
          .timings(
              new Timings(
                  started, clock.instant(), result.trainSeconds(), result.evaluationSeconds()))
          .size(result.size())
          .performance(result.performance())
          .finished(result.scores());
    } catch (StoppedException e) {
      throw e;
    } catch (DivergedException e) {
      fail(record, started, String.valueOf(e.getMessage()));
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      LOG.debug("run {} failed", id, e);
      fail(record, started, reason(e));
    }
    RunRecord last = record.build();
    settings.store().write(last);
    return last;
  }

  private void fail(RunRecordBuilder record, Instant started, String reason) {
    record.timings(new Timings(started, clock.instant(), null, null)).failed(reason);
  }

  /** The first line of what was said: TensorFlow's messages have many. */
  private static String reason(Throwable problem) {
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return String.format(Locale.ROOT, "%s: %s", problem.getClass().getSimpleName(), message);
  }

  private Provenance provenance(RuntimeOptions runtime) {
    Hardware hardware = Hardware.detect();
    return new Provenance(
        settings.commit(),
        settings.software(),
        new Provenance.Hardware(
            hardware.cpuModel(),
            hardware.cores(),
            hardware.memoryBytes(),
            List.copyOf(hardware.cpuFeatures())),
        new Provenance.Execution(
            runtime.device().name().toLowerCase(Locale.ROOT),
            runtime.precision().name().toLowerCase(Locale.ROOT),
            runtime.threads()),
        settings.command());
  }
}
