package albert.experiments.run;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.experiments.config.PlannedRun;
import albert.experiments.stage.StageListener;
import albert.experiments.stage.TimeLeft;
import java.util.List;

/** Hears how a study goes on, run by run and in each run stage by stage. */
public interface RunListener extends StageListener {

  /**
   * The study begins.
   *
   * @param runs runs in all
   */
  void begun(int runs);

  /**
   * A run need not be done here.
   *
   * @param scores its {@linkplain RunRecord#headlineScores() headlines}; empty if it failed
   * @param why for a person: finished before, or another process is at it
   */
  void skipped(PlannedRun run, List<Score> scores, String why);

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

  /** A run is over. */
  void ended(PlannedRun run, RunRecord record);

  /** What is left now, as far as it is known. */
  default TimeLeft left() {
    return TimeLeft.UNKNOWN;
  }
}
