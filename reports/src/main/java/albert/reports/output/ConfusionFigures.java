package albert.reports.output;

import albert.reports.figure.ConfusionMatrix;
import albert.reports.figure.Figure;
import albert.reports.summary.Confusion;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is taken for what: a matrix where the labels are few, else a table of the pairs that are
 * confused most.
 */
final class ConfusionFigures {
  /** More labels than this are a table. */
  private static final int MOST_LABELS = 20;

  /** Pairs of a variant in the table. */
  private static final int MOST_PAIRS = 10;

  private ConfusionFigures() {}

  /** The matrices. */
  static List<Figure> of(ReportModel model) {
    List<Figure> figures = new ArrayList<>();
    for (Confusion one : model.confusions()) {
      if (one.labels().size() <= MOST_LABELS) {
        figures.add(figure(one, figures.size()));
      }
    }
    return figures;
  }

  private static Figure figure(Confusion one, int number) {
    String name = one.metric().columnName().replace('_', '-').toLowerCase(Locale.ROOT);
    return new ConfusionMatrix(
            name + "-confusion-" + (number + 1),
            String.format(
                Locale.ROOT,
                "What %s%s takes for what, %s %s over %s",
                one.variant(),
                one.kind() == ReportRow.Kind.BASELINE ? " (baseline)" : "",
                one.metric().task(),
                one.metric().split(),
                Numbers.plural(one.seeds(), "seed")),
            description(one),
            one.labels(),
            one.counts())
        .draw();
  }

  private static String description(Confusion one) {
    List<String> words = new ArrayList<>();
    for (int label = 0; label < one.labels().size(); label++) {
      words.add(
          String.format(
              Locale.ROOT,
              "%s: %d of %d right",
              one.labels().get(label),
              one.counts().get(label).get(label),
              one.ofLabel(label)));
    }
    return String.join("; ", words) + ".";
  }

  /** The table of pairs, of tasks with many labels. */
  static Sheet sheet(ReportModel model) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Confusion one : model.confusions()) {
      if (one.labels().size() > MOST_LABELS) {
        one.pairs().stream().limit(MOST_PAIRS).forEach(pair -> rows.add(cells(one, pair)));
      }
    }
    return new Sheet(
        "confusions",
        "Labels that are confused most",
        List.of(
            Sheet.header("model"),
            Sheet.header("task"),
            Sheet.header("right label"),
            Sheet.header("predicted"),
            new ReportGrid.Header("times", "of the right label"),
            Sheet.header("share")),
        rows,
        List.of(
            String.format(
                Locale.ROOT,
                "Of each task the best variant and the baseline, whose predictions are counted over"
                    + " all seeds; the %d pairs that are confused most.",
                MOST_PAIRS)));
  }

  private static List<Cell> cells(Confusion one, Confusion.Pair pair) {
    double share = (double) pair.count() / pair.ofLabel();
    return List.of(
        Sheet.text("variant", one.variant()),
        Sheet.text("task", one.metric().task()),
        Sheet.text("label", pair.label()),
        Sheet.text("predicted", pair.predicted()),
        Sheet.figure(
            "count", (double) pair.count(), Long.toString(pair.count()), "of " + pair.ofLabel()),
        Sheet.figure("share", share, Numbers.percent(share), ""));
  }
}
