package albert.reports.summary;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.SeedSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers in words and tables, the same in every locale. */
public final class Numbers {
  private Numbers() {}

  /** Digits after the point, and a true minus sign. */
  public static String fixed(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    String digits = rounded.abs().toPlainString();
    return rounded.signum() < 0 ? "−" + digits : digits;
  }

  /** As {@link #fixed}, with a plus sign. */
  public static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    return text.startsWith("−") ? text : "+" + text;
  }

  /** Thousands apart: 11,683,584. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  /** Mean ± standard deviation; the mean alone for one seed; empty for none. */
  public static String meanAndDeviation(SeedSummary summary, int decimals) {
    if (summary.mean().isEmpty()) {
      return "";
    }
    String mean = fixed(summary.mean().getAsDouble(), decimals);
    return summary.standardDeviation().isEmpty()
        ? mean
        : mean + " ± " + fixed(summary.standardDeviation().getAsDouble(), decimals);
  }

  /** A probability: three decimals, and what is less than a thousandth as such. */
  public static String probability(double p) {
    return p < 0.001 ? "< 0.001" : fixed(p, 3);
  }

  /** What came of a comparison, in few words. */
  public static String verdict(Comparison.Verdict verdict) {
    return switch (verdict) {
      case HIGHER -> "higher";
      case LOWER -> "lower";
      case NOT_DISTINGUISHABLE -> "not distinguishable";
      case TOO_FEW_SEEDS -> "no conclusion, fewer than 3 seeds";
      case FAILED_RUNS -> "no conclusion, runs failed";
      case UNDEFINED_SCORES -> "no conclusion, scores undefined";
      case DEGENERATE -> "no conclusion, predicts one class";
      case NO_SPREAD -> "no conclusion, equal scores of all seeds";
    };
  }

  /** How many of each verdict; the tested ones also where there is none. */
  static String verdicts(List<Comparison.Verdict> verdicts) {
    return Arrays.stream(Comparison.Verdict.values())
        .filter(verdict -> verdict.isTested() || verdicts.contains(verdict))
        .map(verdict -> verdict(verdict) + ": " + Collections.frequency(verdicts, verdict))
        .collect(Collectors.joining("; "));
  }

  /** An interval: −0.0123 to +0.0045. */
  public static String interval(Interval interval, int decimals) {
    return signed(interval.low(), decimals) + " to " + signed(interval.high(), decimals);
  }

  /** An interval of figures that have no sign to speak of: 0.8012 to 0.8234. */
  public static String range(Interval interval, int decimals) {
    return fixed(interval.low(), decimals) + " to " + fixed(interval.high(), decimals);
  }

  /** The level of an interval: 95 %. */
  public static String level(double level) {
    return BigDecimal.valueOf(level * 100)
            .setScale(3, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "\u00a0%";
  }

  /** An interval of shares: 23 to 88 %. */
  public static String percents(Interval interval) {
    return fixed(interval.low() * 100, 0) + " to " + percent(interval.high());
  }

  /** A figure that someone chose, with all its digits and no exponent: 0.0005. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A share in per cent, without digits after the point. */
  public static String percent(double share) {
    return fixed(share * 100, 0) + "\u00a0%";
  }

  /** How much larger or smaller: +25 %, −89 %. */
  public static String change(double from, double to) {
    return signed((to / from - 1) * 100, 0) + "\u00a0%";
  }

  /** Runs without a score: 1 failed, 2 undefined; empty where all have one. */
  public static String withoutScore(int failed, int undefined) {
    return (failed > 0 ? failed + " failed" : "")
        + (failed > 0 && undefined > 0 ? ", " : "")
        + (undefined > 0 ? undefined + " undefined" : "");
  }

  /** One run is, two runs are. */
  static String are(int count, String noun) {
    return plural(count, noun) + (count == 1 ? " is" : " are");
  }

  /** One run, two runs. */
  public static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
