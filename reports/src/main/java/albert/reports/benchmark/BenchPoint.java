package albert.reports.benchmark;

import albert.evaluation.Require;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench} or another program measured of one {@link BenchCase}, in a process of its own.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param program who measured: name and version
 * @param machine on what: the processor and its cores, or the GPU
 * @param setting what was measured
 * @param medianMs wall-clock milliseconds of a unit of work
 * @param p90Ms nine of ten units took at most this
 * @param peakRssMb highest resident memory of the process in MB (10⁶ bytes); null where the system
 *     does not tell
 * @param repeats units measured
 */
public record BenchPoint(
    int schemaVersion,
    String program,
    String machine,
    BenchCase setting,
    double medianMs,
    double p90Ms,
    @Nullable Double peakRssMb,
    int repeats) {
  /** Raised when a component changes its meaning. */
  public static final int SCHEMA_VERSION = 1;

  public BenchPoint {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "schema_version is " + schemaVersion + ", allowed is " + SCHEMA_VERSION);
    }
    Require.text("program", program);
    Require.text("machine", machine);
    Require.present("setting", setting);
    if (!(medianMs > 0 && medianMs <= p90Ms && Double.isFinite(p90Ms))) {
      throw new IllegalArgumentException(
          "median_ms is " + medianMs + " and p90_ms " + p90Ms + ", allowed are 0 < median <= p90");
    }
    Require.notNegative("peak_rss_mb", peakRssMb);
    Require.atLeast("repeats", repeats, 1);
  }

  /** Tokens a second by the median. */
  public double tokensPerSecond() {
    return setting.tokens() / medianMs * 1e3;
  }
}
