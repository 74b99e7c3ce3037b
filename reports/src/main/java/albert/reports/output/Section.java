package albert.reports.output;

import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportModel;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a report besides the table of variants.
 *
 * @param sentences what it comes to, made from the figures
 * @param sheet its table
 * @param leads whether it stands before the table of variants
 */
public record Section(List<String> sentences, Sheet sheet, boolean leads) {
  public Section {
    sentences = List.copyOf(sentences);
  }

  /** A part below the table of variants. */
  Section(List<String> sentences, Sheet sheet) {
    this(sentences, sheet, false);
  }

  /** The parts that a report has something for. */
  static List<Section> of(ReportModel model, List<JmhResult> benchmarks) {
    WhyNotFaster speed = new WhyNotFaster(model);
    return Stream.of(
            new Section(TasksSheet.sentences(model), TasksSheet.of(model), true),
            new Section(List.of(), Comparisons.of(model)),
            new Section(EffectsSheet.sentences(model), EffectsSheet.of(model)),
            new Section(List.of(), TuningSheet.of(model)),
            new Section(List.of(), ConfusionFigures.sheet(model)),
            new Section(List.of(), AgainstPapers.findings(model)),
            new Section(List.of(), AgainstPapers.figures(model)),
            new Section(speed.sentences(), speed.sheet()),
            new Section(List.of(), Benchmarks.of(benchmarks)))
        .filter(section -> !section.sheet().isEmpty())
        .toList();
  }
}
