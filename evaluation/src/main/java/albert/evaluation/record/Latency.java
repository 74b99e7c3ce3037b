package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Locale;

/**
 * Time of a forward pass of one sequence, measured again and again.
 *
 * @param p50Ms median in milliseconds
 * @param p90Ms nine of ten are at most this
 * @param p99Ms 99 of 100 are at most this
 * @param repeats how often it was measured, 1 and more
 * @param sequenceLength tokens of the sequence
 */
public record Latency(double p50Ms, double p90Ms, double p99Ms, long repeats, long sequenceLength) {
  public Latency {
    if (!(p50Ms > 0 && p50Ms <= p90Ms && p90Ms <= p99Ms && Double.isFinite(p99Ms))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "latencies are %s, %s and %s ms, allowed are positive numbers that do not fall",
              p50Ms,
              p90Ms,
              p99Ms));
    }
    Require.atLeast("repeats", repeats, 1);
    Require.atLeast("sequence_length", sequenceLength, 1);
  }
}
