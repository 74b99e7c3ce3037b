package albert.reports.output;

import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import albert.reports.summary.TuningSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of what a search over keys of tuning finds with a smaller budget. */
final class TuningSheet {
  private static final String NOTE =
      "Expected best: the mean of the best of so many runs, drawn with replacement from the runs"
          + " that were made (Dodge et al., 2019, equation 4), over their settings and seeds. It"
          + " describes this search and is no test; runs that failed or whose score is undefined are not drawn.";

  private TuningSheet() {}

  static Sheet of(ReportModel model) {
    List<TuningSearch> searches = TuningSearch.of(model);
    List<ReportGrid.Header> headers = new ArrayList<>();
    headers.add(Sheet.header("model"));
    headers.add(Sheet.header("metric"));
    headers.add(new ReportGrid.Header("runs", "values of the keys"));
    List<Integer> budgets =
        TuningSearch.BUDGETS.stream()
            .filter(budget -> searches.stream().anyMatch(s -> s.scores().size() >= budget))
            .toList();
    budgets.forEach(
        budget ->
            headers.add(new ReportGrid.Header(Numbers.plural(budget, "run"), "expected best")));
    return new Sheet(
        "tuning",
        "Expected best dev score by tuning budget",
        headers,
        searches.stream().map(search -> cells(search, budgets)).toList(),
        List.of(NOTE));
  }

  private static List<Cell> cells(TuningSearch search, List<Integer> budgets) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Sheet.text("variant", search.name()));
    cells.add(Sheet.text("metric", search.metric().label()));
    cells.add(runs(search));
    for (int budget : budgets) {
      OptionalDouble best = search.expectedBest(budget);
      Double value = best.isPresent() ? best.getAsDouble() : null;
      cells.add(
          Sheet.figure(
              "expected_best_of_" + budget,
              value,
              value == null ? "" : Numbers.fixed(value, search.metric().decimals()),
              ""));
    }
    return cells;
  }

  private static Cell runs(TuningSearch search) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("runs", search.scores().size());
    raw.put("runs_failed", search.failed());
    raw.put("runs_undefined", search.undefined());
    String keys =
        search.keys().entrySet().stream()
            .map(key -> key.getValue() + " of " + key.getKey())
            .collect(Collectors.joining(", "));
    String without = Numbers.withoutScore(search.failed(), search.undefined());
    return new Cell(
        Integer.toString(search.scores().size()),
        keys + (without.isEmpty() ? "" : ", " + without),
        Cell.Tone.PLAIN,
        (double) search.scores().size(),
        raw);
  }
}
