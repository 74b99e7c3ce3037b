package albert.experiments.cli;

import albert.experiments.task.kind.OfficialScores;
import java.io.PrintWriter;
import java.util.Locale;

/** Scores for a person. */
final class ScoreTable {
  private static final int NARROWEST = 22;

  private ScoreTable() {}

  /** A heading, then a line a score. */
  static void print(OfficialScores scores, PrintWriter out) {
    out.printf(Locale.ROOT, "%s, n %d, %s%n", scores.task(), scores.n(), scores.protocol());
    int width =
        scores.scores().keySet().stream().mapToInt(String::length).reduce(NARROWEST, Math::max);
    scores
        .scores()
        .forEach(
            (name, value) ->
                out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s %s%n",
                    name,
                    value == null ? "undefined" : String.format(Locale.ROOT, "%.4f", value)));
  }
}
