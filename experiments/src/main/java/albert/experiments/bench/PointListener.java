package albert.experiments.bench;

import albert.reports.benchmark.BenchPoint;
import org.jspecify.annotations.Nullable;

/** Hears of the points of a series. */
public interface PointListener {
  /**
   * A point is over.
   *
   * @param done how many are over, this one included
   * @param all how many there are
   * @param planned which
   * @param measured null where nothing came of it
   * @param why nothing came of it; empty where something did
   * @param secondsLeft by what the points took so far; null while none was measured
   */
  void ended(
      int done,
      int all,
      PlannedPoint planned,
      @Nullable BenchPoint measured,
      String why,
      @Nullable Double secondsLeft);
}
