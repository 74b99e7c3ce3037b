package albert.experiments.stage;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageProgress;
import albert.evaluation.record.StageSeconds;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link StageProgress} beside a run while it is at work, for {@code status} in another
 * process, and passes on what it hears. It only informs: where it can't be written, the work goes
 * on.
 */
public final class StageFile implements StageListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageFile.class);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final RunDirectory run;
  private final StageListener next;
  private final Supplier<TimeLeft> left;
  private final Clock clock;
  private Stage stage = Stage.FILES;
  private long all;
  private long done;
  private Instant written = Instant.MIN;

  /**
   * @param next hears of everything first
   * @param left what is left then
   */
  public StageFile(RunDirectory run, StageListener next, Supplier<TimeLeft> left, Clock clock) {
    this.run = run;
    this.next = next;
    this.left = left;
    this.clock = clock;
  }

  @Override
  public void stageBegan(Stage stage, String label, long all, long done) {
    next.stageBegan(stage, label, all, done);
    this.stage = stage;
    this.all = all;
    this.done = done;
    write(clock.instant());
  }

  @Override
  public void stageStepped(long steps) {
    next.stageStepped(steps);
    done += steps;
    Instant now = clock.instant();
    if (Duration.between(written, now).compareTo(BETWEEN) >= 0) {
      write(now);
    }
  }

  @Override
  public void stageEnded(StageSeconds part) {
    next.stageEnded(part);
  }

  /** The run is not at work any more. */
  @Override
  public void close() {
    try {
      StageProgress.remove(run);
    } catch (IOException e) {
      LOG.debug("{} can't be removed", run.stage(), e);
    }
  }

  private void write(Instant now) {
    TimeLeft seconds = left.get();
    try {
      new StageProgress(stage, done, all, seconds.stage(), seconds.run(), seconds.study(), now)
          .write(run);
    } catch (IOException e) {
      LOG.debug("{} can't be written", run.stage(), e);
    }
    written = now;
  }
}
