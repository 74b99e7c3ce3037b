package albert.reports.published;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Published rows of a variant's shape beside which it is not put, because their models were
 * pretrained in other ways.
 *
 * @param variant name of our variant
 * @param rows the rows
 * @param isKnown whether it is known how ours was pretrained
 * @param besides whether it is put beside other rows
 * @param ranges of their scores, in words
 */
public record OtherRows(
    String variant,
    List<PublishedModel> rows,
    boolean isKnown,
    boolean besides,
    List<String> ranges) {
  public OtherRows {
    rows = List.copyOf(rows);
    ranges = List.copyOf(ranges);
  }

  /** What a reader must know of them, in two sentences. */
  public String sentence() {
    String tables =
        rows.stream().map(PublishedModel::table).distinct().collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s: %d %s (%s) %s. Theirs: %s.",
        variant,
        rows.size(),
        (besides ? "more " : "") + (rows.size() == 1 ? "row" : "rows"),
        tables,
        relation(),
        String.join("; ", ranges));
  }

  private String relation() {
    if (!isKnown) {
      return "have this shape and differ in pretraining; which of them ours is, if any, is not"
          + " known";
    }
    return rows.size() == 1
        ? "has this shape and another pretraining; it is not ours"
        : "have this shape and differ in pretraining; none is ours";
  }
}
