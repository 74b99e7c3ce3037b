package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.reports.figure.Figure;
import albert.reports.summary.Confusion;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for what, from the predictions of runs. */
final class ConfusionFiguresTest {

  private static final List<RunRecord> RUNS = MadeUp.fullRuns();

  @TempDir private Path folder;

  /** The report of predictions whose lines are changed. */
  private ReportModel model(UnaryOperator<String> change) throws IOException {
    Function<RunRecord, Optional<RunDirectory>> files = MadeUp.files(folder, RUNS);
    for (RunRecord run : RUNS) {
      Path file = files.apply(run).orElseThrow().predictions().resolve("dev.jsonl");
      if (Files.exists(file)) {
        Files.write(file, Files.readAllLines(file).stream().map(change).toList());
      }
    }
    return ReportModel.of(MadeUp.fullStudy(), RUNS, files);
  }

  @Test
  void countsAreThoseOfAllSeedsOfTheBestAndTheBaseline() throws IOException {
    ReportModel model = model(line -> line);
    List<Confusion> confusions = model.confusions();
    assertThat(confusions).isNotEmpty().hasSizeLessThanOrEqualTo(2);
    assertThat(confusions).extracting(Confusion::kind).contains(ReportRow.Kind.BASELINE);
    double best =
        model.variants().stream()
            .flatMap(row -> row.score(model.metrics().get(0)).stream())
            .mapToDouble(score -> score.mean().orElseThrow())
            .max()
            .orElseThrow();
    Confusion first = confusions.get(0);
    assertThat(first.labels()).containsExactly("0", "1");
    assertThat(first.ofLabel(0) + first.ofLabel(1)).isEqualTo(5 * 872);
    double right = first.counts().get(0).get(0) + first.counts().get(1).get(1);
    assertThat(right / (5 * 872)).isCloseTo(best, within(1e-9));
    Figure figure = ConfusionFigures.of(model).get(0);
    assertThat(figure.title()).startsWith("What E 768, not shared").endsWith("over 5 seeds");
    assertThat(figure.inline()).contains(">" + first.counts().get(0).get(1) + "<");
    assertThat(Charts.of(model)).extracting(Figure::name).contains(figure.name());
    assertThat(ConfusionFigures.sheet(model).isEmpty()).isTrue();
  }

  /** Thirty labels, each wrong one taken for the next. */
  @Test
  void manyLabelsAreATableOfPairs() throws IOException {
    Pattern number = Pattern.compile(".*dev-(\\d+)\".*");
    ReportModel model =
        model(
            line -> {
              var found = number.matcher(line);
              assertThat(found.matches()).isTrue();
              int item = Integer.parseInt(found.group(1));
              boolean wrong = item % 30 == 3 && item < 400;
              return String.format(
                  Locale.ROOT,
                  "{\"id\":\"dev-%d\",\"label\":\"=c%02d\",\"prediction\":\"=c%02d\"}",
                  item,
                  item % 30,
                  wrong ? 4 : item % 30);
            });
    assertThat(ConfusionFigures.of(model)).isEmpty();
    Sheet sheet = ConfusionFigures.sheet(model);
    assertThat(sheet.rows().get(0))
        .extracting(Cell::text)
        .containsExactly("E 768, not shared", "sst-2", "=c03", "=c04", "70", "48\u00a0%");
    assertThat(sheet.rows().get(0).get(4).detail()).isEqualTo("of 145");
    assertThat(Csv.write(Csv.sheet(sheet))).contains("'=c03").doesNotContain(",=c03");
  }

  @Test
  void numbersAndListsHaveNone() throws IOException {
    assertThat(
            model(line -> line.replaceAll("\"(label|prediction)\":\"(\\d)\"", "\"$1\":$2"))
                .confusions())
        .isEmpty();
    assertThat(
            model(line -> line.replaceAll("\"(label|prediction)\":(\\d)", "\"$1\":[\"$2\"]"))
                .confusions())
        .isEmpty();
  }
}
