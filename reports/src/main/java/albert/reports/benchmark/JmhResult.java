package albert.reports.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark with one setting of its parameters, measured by JMH.
 *
 * @param file name of the file that it was read from
 * @param benchmark class and method
 * @param params by name, in the order of the file
 * @param mode what the score is
 * @param score the mean
 * @param error half the 99.9 % confidence interval of the score; null where there were too few
 *     iterations for one
 * @param unit of score, error and percentiles
 * @param forks virtual machines that measured; 0 if it was JMH's own
 * @param iterations measured in each
 * @param percentiles of single calls, where the mode is sample time, else null
 */
public record JmhResult(
    String file,
    String benchmark,
    Map<String, String> params,
    Mode mode,
    double score,
    @Nullable Double error,
    String unit,
    int forks,
    int iterations,
    @Nullable Percentiles percentiles) {

  public JmhResult {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** What JMH measures. */
  public enum Mode {
    /** Operations in a unit of time. */
    THROUGHPUT("thrpt", "throughput"),
    /** Time of an operation, all calls of an iteration together. */
    AVERAGE_TIME("avgt", "average time"),
    /** Time of an operation, of calls drawn one by one. */
    SAMPLE_TIME("sample", "sample time"),
    /** Time of one call without warm-up. */
    SINGLE_SHOT("ss", "single shot");

    private final String label;
    private final String words;

    Mode(String label, String words) {
      this.label = label;
      this.words = words;
    }

    /** What JMH's files call it. */
    public String label() {
      return label;
    }

    /** What readers call it. */
    public String words() {
      return words;
    }
  }

  /**
   * What part of the calls took at most that long.
   *
   * @param p50 the median
   * @param p90 nine of ten
   * @param p99 99 of a hundred
   */
  public record Percentiles(double p50, double p90, double p99) {}
}
