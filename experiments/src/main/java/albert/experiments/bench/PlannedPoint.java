package albert.experiments.bench;

import albert.reports.benchmark.BenchCase;
import java.util.List;

/**
 * A point that is to be measured.
 *
 * @param setting what of
 * @param options of {@code bench} that measure it
 * @param obstacle why it can't be measured; empty where it can
 */
public record PlannedPoint(BenchCase setting, List<String> options, String obstacle) {
  public PlannedPoint {
    options = List.copyOf(options);
  }
}
