package albert.reports.output;

import static java.util.stream.Collectors.joining;

import albert.reports.published.FindingResult;
import albert.reports.published.PublishedComparison;
import albert.reports.published.PublishedComparisons;
import albert.reports.published.PublishedFault;
import albert.reports.published.PublishedNumber;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our figures beside the published ones, and the paper's findings put to our runs. */
final class AgainstPapers {
  private static final String NOTE =
      "Ours minus theirs, in the unit of the table. Where theirs is by early stopping on dev, ours"
          + " is of the weights that are best on dev; where theirs is, or may be, a median, so is"
          + " ours. ≠ marks protocols that are not equal, and what"
          + " differs: such a difference says nothing of the code alone. ⚠ marks a known fault of"
          + " the published figure. The numbers of the marks:";
  private static final String FINDINGS_NOTE =
      "Each finding is put to all pairs of variants that differ in its key alone, by the test of the"
          + " comparisons above; the pairs of all findings are one family. Runs agree only if every"
          + " pair does. That a knob hardly matters is agreed with where the interval of the"
          + " difference lies within 1.1 points. ≠ says in what our runs are not what the paper's"
          + " were: agreement under other conditions is no replication.";

  private AgainstPapers() {}

  static Sheet figures(ReportModel model) {
    PublishedComparisons comparisons = PublishedComparisons.of(model);
    Legend legend = new Legend();
    List<List<Cell>> rows = comparisons.figures().stream().map(c -> cells(c, legend)).toList();
    List<String> notes = new ArrayList<>();
    comparisons.others().forEach(rowsLeftOut -> notes.add(rowsLeftOut.sentence()));
    notes.add(NOTE);
    notes.addAll(legend.lines());
    return new Sheet(
        "against-the-papers",
        "Against the papers",
        List.of(
            Sheet.header("variant"),
            Sheet.header("figure"),
            Sheet.header("ours"),
            Sheet.header("published"),
            Sheet.header("difference"),
            Sheet.header("where"),
            Sheet.header("marks")),
        rows,
        notes);
  }

  /** Long texts by short marks: the same text has the same mark in every row. */
  private static final class Legend {
    private final Map<String, String> marks = new LinkedHashMap<>();

    String mark(String text) {
      return marks.computeIfAbsent(text, t -> Integer.toString(marks.size() + 1));
    }

    List<String> lines() {
      return marks.entrySet().stream().map(e -> e.getValue() + ": " + e.getKey()).toList();
    }
  }

  private static List<Cell> cells(PublishedComparison comparison, Legend legend) {
    double difference = comparison.difference();
    String shown =
        comparison.isSize()
            ? Numbers.change(comparison.published().number().orElseThrow(), comparison.ours())
            : Numbers.signed(difference, 2);
    boolean unequal = !comparison.unequal().isEmpty();
    return List.of(
        Sheet.text("variant", comparison.variant()),
        Sheet.text("figure", comparison.what()),
        Sheet.figure("ours", comparison.ours(), comparison.oursText(), ""),
        Sheet.figure(
            "published",
            comparison.published().number().orElseThrow(),
            comparison.published().value(),
            ""),
        new Cell(
            shown + (unequal ? " ≠" : ""),
            "",
            unequal ? Cell.Tone.QUIET : Cell.Tone.PLAIN,
            difference,
            Map.of("difference", difference)),
        where(comparison),
        marks(comparison, legend));
  }

  private static Cell where(PublishedComparison comparison) {
    PublishedNumber published = comparison.published();
    String also = comparison.also().stream().map(AgainstPapers::place).collect(joining("; "));
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("source", published.source());
    raw.put("table", published.table());
    raw.put("row", published.row());
    raw.put("also", also);
    String text = place(published) + (also.isEmpty() ? "" : "; " + also);
    return new Cell(text, "", Cell.Tone.PLAIN, null, raw);
  }

  private static String place(PublishedNumber number) {
    return number.table() + ", " + number.row();
  }

  private static Cell marks(PublishedComparison comparison, Legend legend) {
    List<String> marks = new ArrayList<>();
    if (!comparison.isSize()) {
      String theirs = comparison.setting() + "; " + comparison.theirProtocol();
      marks.add(legend.mark("theirs: " + theirs));
    }
    marks.add(legend.mark("ours: " + comparison.protocol()));
    comparison.unequal().forEach(text -> marks.add("≠" + legend.mark(text)));
    comparison.faults().forEach(fault -> marks.add("⚠" + legend.mark(fault(fault))));
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("their_setting", comparison.setting());
    raw.put("their_protocol", comparison.theirProtocol());
    raw.put("our_protocol", comparison.protocol());
    raw.put("unequal", String.join("; ", comparison.unequal()));
    raw.put(
        "faults", comparison.faults().stream().map(AgainstPapers::fault).collect(joining("; ")));
    return new Cell(String.join(" ", marks), "", Cell.Tone.PLAIN, null, raw);
  }

  private static String fault(PublishedFault fault) {
    return "known fault " + fault.number() + ": " + fault.text();
  }

  static Sheet findings(ReportModel model) {
    return new Sheet(
        "findings",
        "The paper's findings",
        List.of(
            Sheet.header("finding"),
            Sheet.header("in the paper"),
            Sheet.header("our runs"),
            Sheet.header("evidence"),
            Sheet.header("≠")),
        FindingResult.of(model).stream().map(AgainstPapers::cells).toList(),
        List.of(FINDINGS_NOTE));
  }

  private static List<Cell> cells(FindingResult result) {
    Cell.Tone tone =
        result.verdict() == FindingResult.Verdict.CANNOT_TELL ? Cell.Tone.QUIET : Cell.Tone.STRONG;
    return List.of(
        Sheet.text("finding", result.finding().statement()),
        Sheet.text("in_the_paper", result.finding().source()),
        new Cell(
            result.verdict().words(),
            result.counts(),
            tone,
            null,
            Cell.raw("our_runs", result.verdict().words(), "pairs", result.counts())),
        Sheet.text("evidence", String.join("; ", result.evidence())),
        Sheet.text("unequal", String.join("; ", result.unequal())));
  }
}
