package albert.experiments.run;

import albert.evaluation.record.RunRecord;
import albert.experiments.config.PlannedRun;

/** Hears how a study goes on. */
public interface StudyProgress {

  /**
   * The study begins.
   *
   * @param runs runs in all
   * @param steps training steps in all
   */
  void begun(int runs, long steps);

  /**
   * A run need not be done here.
   *
   * @param steps its training steps
   * @param why for a person: finished before, or another process is at it
   */
  void skipped(PlannedRun run, long steps, String why);

  /** A run begins. */
  void started(PlannedRun run);

  /**
   * Something that a person should know of the run that is at work.
   *
   * @param note one line
   */
  void announced(String note);

  /**
   * The run goes on from a checkpoint.
   *
   * @param steps training steps that it did before
   */
  void wentOn(long steps);

  /** One training step is done. */
  void stepped();

  /**
   * A run is over.
   *
   * @param stepsLeft steps that it did not do because it failed
   */
  void ended(PlannedRun run, RunRecord record, long stepsLeft);
}
