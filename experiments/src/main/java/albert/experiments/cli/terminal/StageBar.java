package albert.experiments.cli.terminal;

import albert.evaluation.record.Stage;
import albert.experiments.stage.TimeLeft;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * The bar of the stage at work, on a terminal: its name, unit, rate and remaining time, then what
 * is left of the study. It goes when the stage ends.
 */
public final class StageBar implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Supplier<TimeLeft> left;
  private final Supplier<String> work;
  private final LongSupplier nanos;
  private final ProgressBar bar;
  private volatile @Nullable Double secondsOfStage;
  private long shown;

  /**
   * @param done steps that were done before
   * @param work what is at work now
   * @param left what is left now
   */
  StageBar(
      Stage stage,
      long all,
      long done,
      Supplier<String> work,
      Supplier<TimeLeft> left,
      LongSupplier nanos) {
    this.left = left;
    this.work = work;
    this.nanos = nanos;
    bar =
        WorkBar.builder(stage.words(), stage.unit(), all)
            .startsFrom(done, Duration.ZERO)
            .setEtaFunction(state -> Optional.ofNullable(secondsOfStage).map(StageBar::duration))
            .clearDisplayOnFinish()
            .build();
    show();
  }

  void stepBy(long steps) {
    bar.stepBy(steps);
    if (nanos.getAsLong() - shown >= BETWEEN.toNanos()) {
      show();
    }
  }

  private void show() {
    TimeLeft now = left.get();
    secondsOfStage = now.stage();
    bar.setExtraMessage(" " + message(now.study(), work.get()));
    shown = nanos.getAsLong();
  }

  /** What stands behind the bar. */
  public static String message(@Nullable Double study, String run) {
    return study == null ? run : String.format(Locale.ROOT, "all %s, %s", clock(study), run);
  }

  /** As {@code 1:02:03} or {@code 2:03}. */
  public static String clock(double seconds) {
    Duration left = duration(seconds);
    return left.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
  }

  private static Duration duration(double seconds) {
    return Duration.ofSeconds(Math.round(seconds));
  }

  @Override
  public void close() {
    bar.close();
  }
}
