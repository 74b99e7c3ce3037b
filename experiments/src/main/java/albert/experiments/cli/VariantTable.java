package albert.experiments.cli;

import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import albert.experiments.cli.terminal.WindowSize;
import albert.experiments.config.PlannedRun;
import albert.reports.summary.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variants of a study while it runs: of each the score so far, mean ± standard deviation over
 * the seeds that are done, and how many these are.
 */
final class VariantTable {

  private static final String HEADING = "variant";
  private static final String SCORE = "mean ± sd";
  private static final String SEEDS = "seeds";
  private static final int NARROWEST_NAME = 8;
  private static final int DECIMALS = 4;
  private static final int DECIMALS_OF_PERCENT = 2;

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final @Nullable String primary;
  private String atWork = "";

  /**
   * @param runs of the study, none of them over; where there is but one there is nothing to show
   * @param primary the metric to show; null for the first that a run has
   */
  VariantTable(List<PlannedRun> runs, @Nullable String primary) {
    this.primary = primary;
    runs.forEach(run -> rows.computeIfAbsent(run.label(), name -> new Row()).seeds++);
  }

  /** What is known of a variant. */
  private static final class Row {
    private int seeds;
    private final List<Double> scores = new ArrayList<>();
    private int failed;
    private int undefined;
    private String metric = "";

    int over() {
      return scores.size() + failed + undefined;
    }

    void add(List<Score> headlines, @Nullable String wanted) {
      Optional<Score> score =
          headlines.stream()
              .filter(one -> one.metric().equals(wanted))
              .findFirst()
              .or(() -> headlines.stream().findFirst());
      if (score.isEmpty()) {
        failed++;
        return;
      }
      Double value = score.get().value();
      if (value == null) {
        undefined++;
      } else {
        metric = score.get().metric();
        scores.add(value);
      }
    }

    /** As {@code 0.5312 ± 0.0021 accuracy, 1 failed}. */
    String score() {
      double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
      boolean share = scores.stream().allMatch(value -> Math.abs(value) <= 1);
      String mean =
          Numbers.meanAndDeviation(
              SeedSummary.of(values, failed, undefined), share ? DECIMALS : DECIMALS_OF_PERCENT);
      return Stream.of(
              mean.isEmpty() ? "" : mean + " " + metric, Numbers.withoutScore(failed, undefined))
          .filter(words -> !words.isEmpty())
          .collect(Collectors.joining(", "));
    }
  }

  /** A run is at work. */
  void began(PlannedRun run) {
    atWork = run.label();
  }

  /**
   * A run is over.
   *
   * @param headlines the scores that tables compare; empty if it failed
   * @return what came of its variant, if that was its last run and it had several
   */
  Optional<String> ended(PlannedRun run, List<Score> headlines) {
    atWork = "";
    Row row = rows.get(run.label());
    if (row == null) {
      return Optional.empty();
    }
    row.add(headlines, primary);
    return row.over() < row.seeds || row.seeds == 1
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "%s: %s (%d seeds)", run.label(), row.score(), row.seeds));
  }

  /**
   * The table, or as many of its rows as there is room for, the one at work among them. Empty for a
   * single run.
   */
  List<String> lines(WindowSize room) {
    if (rows.values().stream().mapToInt(row -> row.seeds).sum() <= 1) {
      return List.of();
    }
    List<String> names = List.copyOf(rows.keySet());
    int shown = Math.min(names.size(), Math.max(1, room.rows() - 1));
    int middle = Math.max(0, names.indexOf(atWork)) - shown / 2;
    int first = Math.max(0, Math.min(middle, names.size() - shown));
    String which =
        shown == names.size()
            ? HEADING
            : String.format(
                Locale.ROOT, "%s %d to %d of %d", HEADING, first + 1, first + shown, names.size());
    List<Line> lines = new ArrayList<>(List.of(new Line(which, SCORE, SEEDS)));
    names.subList(first, first + shown).forEach(name -> lines.add(line(name)));
    return laidOut(lines, room.columns());
  }

  private record Line(String name, String score, String seeds) {}

  private Line line(String name) {
    Row row = Objects.requireNonNull(rows.get(name));
    String now = name.equals(atWork) ? ", at work" : "";
    return new Line(
        name, row.score(), String.format(Locale.ROOT, "%d of %d%s", row.over(), row.seeds, now));
  }

  /** Names give way where the terminal is narrow; what does not fit then is cut. */
  private static List<String> laidOut(List<Line> lines, int columns) {
    int score = lines.stream().mapToInt(line -> line.score.length()).max().orElse(0);
    int seeds = lines.stream().mapToInt(line -> line.seeds.length()).max().orElse(0);
    int longest = lines.stream().mapToInt(line -> line.name.length()).max().orElse(0);
    int name = Math.min(longest, Math.max(NARROWEST_NAME, columns - score - seeds - 4));
    String format = "%-" + name + "s  %-" + score + "s  %s";
    return lines.stream()
        .map(
            line ->
                String.format(Locale.ROOT, format, cut(line.name, name), line.score, line.seeds))
        .map(line -> cut(line, columns))
        .toList();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
  }
}
