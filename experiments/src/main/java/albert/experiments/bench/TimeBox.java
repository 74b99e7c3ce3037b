package albert.experiments.bench;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long points took, and how long the next of them may take. */
public final class TimeBox {

  /** How much of its even share of the time a point may take: what quick ones leave is spent. */
  private static final double SHARES = 2;

  private final double seconds;
  private final LongSupplier nanos;
  private final long begun;
  private int measured;

  /**
   * Begins now.
   *
   * @param seconds for all points; 0 for no limit
   * @param nanos a clock of nanoseconds
   */
  public TimeBox(double seconds, LongSupplier nanos) {
    this.seconds = seconds;
    this.nanos = nanos;
    begun = nanos.getAsLong();
  }

  /** A point was measured. */
  void measured() {
    measured++;
  }

  /** Seconds that the next of so many points may take. */
  double limit(int left) {
    double rest = seconds - spent();
    return seconds == 0 ? Double.POSITIVE_INFINITY : Math.min(rest, SHARES * rest / left);
  }

  /** Seconds that so many points take, by those before; null while none was measured. */
  @Nullable Double rest(int left) {
    return measured == 0 ? null : left * spent() / measured;
  }

  private double spent() {
    return (nanos.getAsLong() - begun) / 1e9;
  }
}
