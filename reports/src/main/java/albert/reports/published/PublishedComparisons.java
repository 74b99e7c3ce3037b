package albert.reports.published;

import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report has beside published figures.
 *
 * @param figures figure by figure, in the order of the report's rows, averages last
 * @param others rows of the same shapes that are pretrained in other ways, once a variant
 */
public record PublishedComparisons(List<PublishedComparison> figures, List<OtherRows> others) {
  public PublishedComparisons {
    figures = List.copyOf(figures);
    others = List.copyOf(others);
  }

  /** All comparisons of a report. */
  public static PublishedComparisons of(ReportModel model) {
    PublishedFigures published = PublishedFigures.all();
    List<PublishedComparison> figures = new ArrayList<>();
    List<OtherRows> others = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      if (!row.runs().isEmpty()) {
        VariantComparison variant = new VariantComparison(published, model.metrics(), row);
        figures.addAll(variant.sizes());
        figures.addAll(variant.scores());
        variant.others().ifPresent(others::add);
      }
    }
    SeveralTasks.of(model)
        .ifPresent(
            tasks ->
                tasks.variants().stream()
                    .map(own -> new ModelAverage(published, model.metrics(), own))
                    .forEach(average -> figures.addAll(average.all())));
    return new PublishedComparisons(figures, others);
  }
}
