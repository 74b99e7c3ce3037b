package albert.experiments.study;

import albert.evaluation.record.RunRecord;
import albert.experiments.InputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How much of a study is done at one go. The runs' order, seed by seed, makes what is done so far a
 * balanced part of the whole.
 *
 * @param maxRuns runs to do; 0 for all
 * @param maxMinutes minutes that may pass; 0 for no limit. A run is not begun when the longest so
 *     far would not fit any more, so that none is broken off
 */
public record RunBudget(int maxRuns, double maxMinutes) {

  /** Everything. */
  public static final RunBudget ALL = new RunBudget(0, 0);

  private static final int MILLIS_A_MINUTE = 60_000;

  /**
   * Checks both.
   *
   * @throws InputException naming the option
   */
  public RunBudget {
    if (maxRuns < 0) {
      throw new InputException(
          String.format(Locale.ROOT, "--max-runs is %d, allowed is 0 (all) or more", maxRuns));
    }
    if (!(maxMinutes >= 0 && maxMinutes <= 1e7)) {
      throw new InputException(
          String.format(
              Locale.ROOT, "--max-minutes is %s, allowed is 0 (no limit) or more", maxMinutes));
    }
  }

  /** Begins to count. */
  Account open(Clock clock) {
    return new Account(clock);
  }

  /** What is spent. */
  final class Account {
    private final Clock clock;
    private final Instant begun;
    private int runs;
    private Duration longest = Duration.ZERO;

    private Account(Clock clock) {
      this.clock = clock;
      this.begun = clock.instant();
    }

    /** Whether another run may begin. */
    boolean allowsAnother() {
      Duration past = Duration.between(begun, clock.instant());
      return (maxRuns == 0 || runs < maxRuns)
          && (maxMinutes == 0 || past.plus(longest).toMillis() < maxMinutes * MILLIS_A_MINUTE);
    }

    /** A run is over. */
    void spend(RunRecord record) {
      runs++;
      Duration took = Duration.between(record.timings().started(), clock.instant());
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
  }
}
