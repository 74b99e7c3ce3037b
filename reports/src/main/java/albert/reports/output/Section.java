package albert.reports.output;

import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportModel;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a report below the table of variants.
 *
 * @param sentences what it comes to, made from the figures
 * @param sheet its table
 */
public record Section(List<String> sentences, Sheet sheet) {
  public Section {
    sentences = List.copyOf(sentences);
  }

  /** The parts that a report has something for. */
  static List<Section> of(ReportModel model, List<JmhResult> benchmarks) {
    WhyNotFaster speed = new WhyNotFaster(model);
    return Stream.of(
            new Section(List.of(), Comparisons.of(model)),
            new Section(EffectsSheet.sentences(model), EffectsSheet.of(model)),
            new Section(List.of(), AgainstPapers.findings(model)),
            new Section(List.of(), AgainstPapers.figures(model)),
            new Section(speed.sentences(), speed.sheet()),
            new Section(List.of(), Benchmarks.of(benchmarks)))
        .filter(section -> !section.sheet().isEmpty())
        .toList();
  }
}
