package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatexTest {
  /** Letters of many scripts, marks of direction, control characters, and LaTeX's own signs. */
  private static final String HOSTILE =
      "é ß ł ő ş 中文 Жук שלום 😀\uFE0F ≤ → ² “x” `y` \u202Eabc\u2066 \u0007 \uD800"
          + " \\input{y} $1 & 100 % #~^<>|\"[*] {} _"
          + "a_very_long_name".repeat(8);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        "50 % of $x_1 & {y}\\z; 50 \\% of \\$x\\_\\allowbreak{}1 \\& \\{y\\}\\textbackslash{}z",
        "#~^<>|; \\#\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\textbar{}",
        "−0.1 ± 0.2; $-$0.1~$\\pm$~0.2",
        "é ñ ő ş; \\'{e} \\~{n} \\H{o} \\c{s}",
        "ï Å; \\\"{\\i} \\r{A}",
        "ß Łø; \\ss{} \\L{}\\o{}",
        "≤ → R²; $\\leq$ $\\rightarrow$ R$^{2}$",
        "中; \\albertchar{20013}{4E2D}",
        "Ж😀; \\albertchar{1046}{0416}\\albertchar{128512}{1F600}",
        "[a] *; {[}a{]} {*}",
        "--x \"`; -{}-x \\char34{}\\char96{}",
        "abcdefghijklmnopqrs; abcdefghijklmnop\\allowbreak{}qrs",
      })
  void setsATextAsItIs(String text, String escaped) {
    assertThat(LatexText.escape(text)).isEqualTo(escaped);
  }

  @Test
  void whatOnlySteersIsLeftOut() {
    assertThat(LatexText.escape("a\u202Eb\u200Fc\u2066d\u200De\uFEFFf\uFE0Fg"))
        .isEqualTo("abcdefg");
    assertThat(LatexText.escape("a\nb\tc\u0007d\u0085e\u00A0f\u2028g")).isEqualTo("a b c d e~f g");
    assertThat(LatexText.escape("a\uD800b")).isEqualTo("ab");
    assertThat(LatexText.escape("e\u0301")).as("as one character").isEqualTo("\\'{e}");
  }

  @Test
  void everyTableOfAReportIsSoundAndFits() throws IOException {
    List<Path> tables = tables(hostile());
    assertThat(tables).hasSizeGreaterThan(4);
    for (Path table : tables) {
      TexFile tex = new TexFile(Files.readString(table));
      tex.check();
      assertThat(tex.widths())
          .as(table.toString())
          .allSatisfy(width -> assertThat(width).isLessThanOrEqualTo(345.0));
    }
  }

  @Test
  void theTableOfVariantsHasFiveColumnsAndABoldWinner() throws IOException {
    ReportModel model = ReportModel.of(MadeUp.fullStudy(), MadeUp.fullRuns());
    String tex = PaperTable.latex(model);
    assertThat(tex)
        .contains(
            "variant & \\raggedleft parameters & \\raggedleft accuracy &"
                + " \\raggedleft difference & \\raggedleft seeds \\tabularnewline",
            "\\label{tab:variants}",
            "$\\pm$",
            "\\caption{")
        .containsPattern("\\$-\\$0\\.\\d+ \\{\\[\\}\\$-\\$0\\.\\d+, ");
    assertThat(new TexFile(tex).widths()).hasSize(1);
    List<albert.evaluation.record.RunRecord> clear = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      clear.add(MadeUp.finished("none", 256, seed, 0.9 + 0.001 * seed));
      clear.add(MadeUp.finished("all", 64, seed, 0.1 + 0.001 * seed));
    }
    String winner = PaperTable.latex(ReportModel.of(MadeUp.study(), clear));
    assertThat(winner).containsOnlyOnce("\\textbf{").contains("\\textbf{0.9020~$\\pm$~0.0010}");
  }

  @Test
  void aTableTakesTheRoomItNeedsAndNoMore() {
    Sheet narrow = sheet(2, "ab");
    assertThat(Latex.table(narrow, "c")).contains("{tabular}{@{}ll@{}}", "\\small\n");
    assertThat(LatexColumns.of(texts(4, "some words that are broken over lines")))
        .satisfies(columns -> assertThat(columns.scaled()).isFalse())
        .satisfies(columns -> assertThat(columns.widths()).hasSize(4))
        .satisfies(columns -> assertThat(columns.total()).isBetween(300.0, 345.001));
    LatexColumns crowded = LatexColumns.of(texts(12, "unbreakable word"));
    assertThat(crowded.scaled()).isTrue();
    assertThat(Latex.table(sheet(12, "unbreakable word"), "c"))
        .contains("\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}", "\\end{tabular}}");
  }

  @Test
  void captionAndNotesAreTexts() {
    String tex =
        Latex.table(new Sheet("a b", "t", headers(1), List.of(), List.of("5 % {")), "n_1 }");
    assertThat(tex)
        .contains("\\caption{n\\_\\allowbreak{}1 \\}}", "\\label{tab:a-b}", "5 \\% \\{\\par");
    new TexFile(tex).check();
  }

  /** With the packages that the file speaks of, and without any. */
  @ParameterizedTest
  @ValueSource(strings = {"pdflatex", "xelatex"})
  void anEngineTakesEveryTable(String engine) throws Exception {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, engine)));
    Assumptions.assumeTrue(
        installed, "no " + engine + " on the path: the tables are not compiled with it");
    StringBuilder inputs = new StringBuilder();
    for (Path table : tables(hostile())) {
      inputs.append("\\input{").append(folder.relativize(table)).append("}\n\\clearpage\n");
    }
    for (String packages : List.of("", "\\usepackage{booktabs,graphicx}\n")) {
      Path document = folder.resolve("paper.tex");
      Files.writeString(
          document,
          "\\documentclass{article}\n"
              + packages
              + "\\begin{document}\n"
              + inputs
              + "\\end{document}\n");
      Process process =
          new ProcessBuilder(engine, "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out.txt").toFile())
              .start();
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("out.txt"))).isZero();
      if (!packages.isEmpty()) {
        assertThat(Files.readString(folder.resolve("paper.log")))
            .doesNotContainPattern("Overfull \\\\hbox \\(\\d{2,}\\.");
      }
    }
  }

  private List<Path> tables(ReportModel model) throws IOException {
    List<JmhResult> benchmarks = List.of(MadeUp.benchmark(HOSTILE, "ms/op"));
    ReportWriter.write(model, benchmarks, folder.resolve("report"));
    try (Stream<Path> files = Files.list(folder.resolve("report/tables"))) {
      return files.filter(file -> file.toString().endsWith(".tex")).sorted().toList();
    }
  }

  /** All parts of a report, with a hostile name. */
  private static ReportModel hostile() {
    StudyDescription study = MadeUp.fullStudy();
    List<StudyDescription.Variant> variants =
        List.of(new StudyDescription.Variant(HOSTILE, new TreeMap<>(MadeUp.values("all", 128))));
    return ReportModel.of(
        new StudyDescription(
            study.study(),
            HOSTILE,
            study.baseline(),
            variants,
            List.of(
                new StudyDescription.Reference(
                    HOSTILE,
                    List.of(
                        albert.evaluation.record.Score.of(
                            "sst-2", "accuracy", "dev", 0.8, 872, "last")))),
            HOSTILE),
        MadeUp.fullRuns());
  }

  private static Sheet sheet(int columns, String text) {
    List<Cell> row = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      row.add(Sheet.text("c" + i, text));
    }
    return new Sheet("s", "t", headers(columns), List.of(row), List.of());
  }

  private static List<ReportGrid.Header> headers(int columns) {
    List<ReportGrid.Header> headers = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      headers.add(Sheet.header("h" + i));
    }
    return headers;
  }

  private static List<List<String>> texts(int columns, String text) {
    return List.of(java.util.Collections.nCopies(columns, text));
  }
}
