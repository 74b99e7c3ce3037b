package albert.experiments.run;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.Score;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.Timings;
import albert.experiments.stage.StageFile;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.training.CountedCosts;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainingCheckpoints;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.finetuning.FineTuning;
import albert.model.runtime.OutOfMemoryException;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a run: its record from running to finished or failed.
 *
 * @param settings where it runs
 * @param study name of the study
 * @param varied the keys that the study varies, with this run's values
 * @param job what is run
 * @param starts makes what the run starts from
 * @param clock tells the times of the record
 */
public record RunAttempt(
    RunEnvironment settings,
    String study,
    SortedMap<String, Object> varied,
    RunJob job,
    StartWeights starts,
    Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(RunAttempt.class);

  /**
   * Runs.
   *
   * @param directory the run's folder
   * @param progress hears of it
   * @return the record as it was written last
   * @throws StoppedException if asked to stop: the record then says running, and without its lock
   *     that means broken off
   * @throws IOException if the record can't be written
   */
  public RunRecord execute(RunDirectory directory, RunListener progress, StopSignal stop)
      throws IOException {
    Instant started = started(directory);
    RunRecordBuilder record = begun(started);
    write(directory, record.build());
    boolean over = false;
    try (StageFile file = new StageFile(directory, progress, progress::left, clock)) {
      Listener listener = new Listener(progress, new StageWatch(file, System::nanoTime));
      train(record, started, directory, listener, stop);
      over = true;
    } catch (StoppedException e) {
      throw e;
    } catch (DivergedException e) {
      over = true;
      fail(record, started, String.valueOf(e.getMessage()));
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      LOG.debug("run {} failed", job.id(), e);
      fail(record, started, reason(e));
    }
    RunRecord last = record.build();
    write(directory, last);
    if (over) {
      TrainingCheckpoints.in(directory).delete(); // not before the record: till then it goes on
    }
    return last;
  }

  private RunRecordBuilder begun(Instant started) {
    return RunRecord.builder()
        .run(study, job.id())
        .config(job.run().config().values())
        .variant(varied)
        .seeds(job.run().seeds().init(), job.run().seeds().data())
        .provenance(provenance(job.run().config().training().runtime().resolve()))
        .data(job.inputs())
        .costs(CountedCosts.of(job.run().config(), job.task().together()))
        .timings(Timings.startedAt(started));
  }

  /** Trains and puts what came out into the record. */
  private void train(
      RunRecordBuilder record,
      Instant started,
      RunDirectory directory,
      Listener listener,
      StopSignal stop)
      throws IOException {
    StageWatch watch = listener.stages;
    StartWeights.Begun begun = starts.of(job, watch);
    FineTuning.Result result =
        new FineTuning(job.run().config(), job.run().seeds(), job.task(), begun.model(), stop)
            .run(
                directory,
                listener,
                OtherParts.of(job.run().config(), job.task(), settings.data(), directory, stop));
    watch.end();
    List<Score> scores = new ArrayList<>(result.scores());
    scores.addAll(begun.scores());
    record
        .timings(
            new Timings(
                started,
                clock.instant(),
                result.trainSeconds(),
                result.evaluationSeconds(),
                watch.seconds(),
                result.skippedSteps()))
        .size(result.size())
        .performance(result.performance())
        .notes(result.notes())
        .finished(scores);
  }

  /** Passes on what a training tells. */
  private record Listener(RunListener progress, StageWatch stages) implements TrainingListener {
    @Override
    public void announced(String note) {
      progress.announced(note);
    }

    @Override
    public void wentOn(long steps) {
      progress.wentOn(steps);
    }

    @Override
    public void stepped(long steps, StepResult result, double learningRate) {
      // the stage counts its steps
    }
  }

  private static void write(RunDirectory directory, RunRecord record) throws IOException {
    AtomicFiles.writeText(directory.record(), new StrictJson().write(record));
  }

  /** Now, or where the run goes on from a checkpoint, its first start. */
  private Instant started(RunDirectory directory) throws IOException {
    return TrainingCheckpoints.in(directory).newest().isPresent()
            && Files.exists(directory.record())
        ? new StrictJson().read(directory.record(), RunRecord.class).timings().started()
        : clock.instant();
  }

  private void fail(RunRecordBuilder record, Instant started, String reason) {
    record.timings(new Timings(started, clock.instant(), null, null)).failed(reason);
  }

  /** The first line of what was said: TensorFlow's messages have many. */
  private static String reason(Throwable problem) {
    if (problem instanceof OutOfMemoryException) {
      return String.valueOf(problem.getMessage());
    }
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return String.format(Locale.ROOT, "%s: %s", problem.getClass().getSimpleName(), message);
  }

  private Provenance provenance(RuntimeOptions runtime) {
    return RunProvenance.of(settings.commit(), settings.software(), runtime, settings.command());
  }
}
