package albert.experiments.study;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.StudyFolder;
import albert.evaluation.record.StudyIndex;
import albert.experiments.InputException;
import albert.experiments.config.Keep;
import albert.experiments.config.PlannedRun;
import albert.experiments.run.RunAttempt;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.RunJob;
import albert.experiments.run.RunListener;
import albert.experiments.run.StartWeights;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.training.DivergedException;
import albert.experiments.training.finetuning.RunWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a study run by run. A finished run is not done again, and neither is one that
 * diverged: that is its result. Any other run is done, from its newest checkpoint if it was broken
 * off, unless another process holds its lock: then this one goes on with the next, and comes back
 * to see what became of it. So several processes share the work, and if one of them is killed the
 * others do its part.
 *
 * <p>A run that fails is recorded with its reason and does not stop the study.
 */
public final class StudyRunner {

  private static final String BY_ANOTHER = "done by another process";
  private static final int PAUSE_MILLIS = 500;

  private final RunEnvironment settings;
  private final RunListener progress;
  private final StopSignal stop;
  private final Clock clock;
  private @Nullable StartWeights starts;

  /** A runner that has done nothing yet. */
  public StudyRunner(RunEnvironment settings, RunListener progress, StopSignal stop, Clock clock) {
    this.settings = settings;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * What became of a study.
   *
   * @param records of all its runs that are over, in the order of the plan
   * @param skipped how many of them were over before
   * @param left how many the budget left undone
   * @param withoutWeights how many are finished and have none of the weights that they are now
   *     asked to keep
   */
  public record Outcome(List<RunRecord> records, int skipped, int left, long withoutWeights) {

    /** Copies its argument. */
    public Outcome {
      records = List.copyOf(records);
    }

    /** Runs that failed otherwise than by diverging. */
    public long crashed() {
      return records.stream().filter(r -> isFailed(r) && !isDiverged(r)).count();
    }

    /** Runs that diverged. */
    public long diverged() {
      return records.stream().filter(StudyRunner::isDiverged).count();
    }

    private static boolean isFailed(RunRecord record) {
      return record.status() == RunStatus.FAILED;
    }
  }

  /**
   * Runs what is missing until every run is over, here or in another process, or the budget is
   * spent.
   *
   * @throws InputException if the store can't be written
   * @throws albert.model.config.ConfigException if a model does not fit its data, or a GPU is asked
   *     for and there is none
   * @throws albert.datasets.DataFormatException if data is malformed
   * @throws StoppedException if asked to stop
   * @throws IOException if the store can no longer be written
   */
  public Outcome run(RunPlan plan, RunBudget budget) throws IOException {
    Path folder = settings.store().root().resolve(plan.study().name());
    requireWritable(folder);
    List<RunJob> jobs = begin(plan, folder);
    RunBudget.Account account = budget.open(clock);
    Map<String, RunRecord> over = new HashMap<>(); // by id, as the next
    Set<String> elsewhere = new HashSet<>();
    int skipped = 0;
    List<RunJob> left = jobs;
    while (!left.isEmpty() && account.allowsAnother()) {
      List<RunJob> busy = new ArrayList<>();
      for (RunJob job : left) {
        stop.check();
        boolean other = elsewhere.contains(job.id());
        if (isFound(plan, job, other, over)) {
          skipped += other ? 0 : 1;
        } else if (!account.allowsAnother() || starts(plan).isBusy(job)) {
          busy.add(job);
        } else {
          Optional<RunRecord> done = runLocked(plan, job, account);
          done.ifPresent(record -> over.put(job.id(), record));
          if (done.isEmpty()) {
            elsewhere.add(job.id());
            busy.add(job);
          }
          for (Iterator<RunJob> others = busy.iterator(); others.hasNext(); ) {
            RunJob one = others.next();
            if (elsewhere.contains(one.id()) && isFound(plan, one, true, over)) {
              others.remove(); // said now, not when all else is done
            }
          }
        }
      }
      if (busy.size() == left.size()) {
        pause();
      }
      left = busy;
    }
    if (left.isEmpty()) {
      StartWeights.deleteStates(folder);
    }
    return new Outcome(
        jobs.stream()
            .map(RunJob::id)
            .filter(over::containsKey)
            .map(id -> Objects.requireNonNull(over.get(id)))
            .toList(),
        skipped,
        left.size(),
        jobs.stream().filter(job -> lacksWeights(over.get(job.id()), job, folder)).count());
  }

  /** Whether a run need not be done here, which is said and noted then. */
  private boolean isFound(RunPlan plan, RunJob job, boolean elsewhere, Map<String, RunRecord> over)
      throws IOException {
    Optional<RunRecord> found = over(plan, job, elsewhere);
    if (found.isEmpty()) {
      return false;
    }
    progress.skipped(
        job.run(), found.get().headlineScores(), elsewhere ? BY_ANOTHER : "done before");
    over.put(job.id(), found.get());
    return true;
  }

  private static boolean lacksWeights(@Nullable RunRecord record, RunJob job, Path folder) {
    return record != null
        && record.status() == RunStatus.FINISHED
        && job.run().config().training().keep() != Keep.NONE
        && !new RunWeights(new StudyFolder(folder).directory(job.id())).exist();
  }

  private List<RunJob> begin(RunPlan plan, Path folder) throws IOException {
    // a device that is not there is said before any work
    plan.runs().forEach(run -> run.config().training().runtime().resolve());
    StudyTasks tasks = StudyTasks.read(plan, settings.data(), settings.models());
    StudyDescriptions.write(settings, plan, tasks);
    List<RunJob> jobs = new ArrayList<>();
    for (PlannedRun run : plan.runs()) {
      jobs.add(RunJob.of(run, tasks.of(run.config()), settings));
    }
    new StudyIndex(jobs.stream().map(RunJob::entry).toList()).write(folder);
    progress.begun(jobs.size());
    return jobs;
  }

  /** Waits a little for what other processes are at. */
  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    stop.check();
  }

  /** Whether a run is not done again: it finished, or diverged, which is its result. */
  public static boolean isOver(RunRecord record) {
    return record.status() == RunStatus.FINISHED || isDiverged(record);
  }

  private static boolean isDiverged(RunRecord record) {
    return record.failureReason() != null
        && record.failureReason().startsWith(DivergedException.PREFIX);
  }

  /**
   * The record of a run that need not be done again.
   *
   * @param elsewhere another process was at it while this one waited: what came of that counts,
   *     whatever it is
   */
  private Optional<RunRecord> over(RunPlan plan, RunJob job, boolean elsewhere) throws IOException {
    try {
      return settings
          .store()
          .read(plan.study().name(), job.id())
          .filter(record -> isOver(record) || (elsewhere && record.status() == RunStatus.FAILED));
    } catch (RecordFormatException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s; delete the file to have the run done again", e.getMessage()));
    }
  }

  /** Does a run, or finds it done by another process; empty if one is at it. */
  @SuppressWarnings("try") // the lock is held, not used
  private Optional<RunRecord> runLocked(RunPlan plan, RunJob job, RunBudget.Account account)
      throws IOException {
    RunDirectory directory = settings.store().directory(plan.study().name(), job.id());
    Optional<RunLock> lock = RunLock.tryAcquire(directory);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (RunLock held = lock.get()) {
      Optional<RunRecord> meanwhile = over(plan, job, false);
      if (meanwhile.isPresent()) {
        progress.skipped(job.run(), meanwhile.get().headlineScores(), BY_ANOTHER);
        return meanwhile;
      }
      AtomicFiles.removeLeftovers(directory.path());
      progress.started(job.run());
      RunRecord record =
          new RunAttempt(
                  settings, plan.study().name(), plan.varied(job.run()), job, starts(plan), clock)
              .execute(directory, progress, stop);
      account.spend(record);
      progress.ended(job.run(), record);
      return Optional.of(record);
    }
  }

  /** What the study's runs start from, kept beside them. */
  private StartWeights starts(RunPlan plan) {
    if (starts == null) {
      starts =
          new StartWeights(
              settings,
              settings.store().root().resolve(plan.study().name()),
              plan.runs(),
              progress,
              stop);
    }
    return starts;
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".", ".probe"));
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the runs' folder %s can't be written: %s; --runs names another",
              folder,
              e instanceof IOException io ? InputException.words(io) : e.getMessage()));
    }
  }
}
