package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.RunRecord;
import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportWriterTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String HOSTILE =
      SCRIPT
          + "\"'><img src=x onerror=alert(2)> [a](javascript:alert(3)) | `x` \\input{y} $1 & 100 %";

  @TempDir private Path folder;

  @Test
  void writesEveryFileWhole() throws IOException {
    ReportWriter.write(ReportModel.of(MadeUp.study(), MadeUp.runs()), List.of(), folder);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "report.md",
              "tables/variants.csv",
              "tables/variants.tex",
              "tables/runs.csv",
              "tables/comparisons.csv",
              "tables/comparisons.tex",
              "tables/findings.csv",
              "tables/findings.tex",
              "figures/accuracy-dev-differences.svg",
              "figures/accuracy-dev-seeds.svg",
              "figures/accuracy-dev-seeds.pdf",
              "figures/accuracy-dev-differences.pdf",
              "figures/accuracy-dev-by-two-knobs.svg",
              "figures/accuracy-dev-by-two-knobs.pdf",
              "tables/accuracy_dev-by-embedding_size-and-sharing.csv",
              "figures/accuracy-dev-parameters.svg",
              "figures/accuracy-dev-parameters.pdf",
              "figures/accuracy-dev-inference-speed.svg",
              "figures/accuracy-dev-inference-speed.pdf",
              "figures/accuracy-dev-training-speed.svg",
              "figures/accuracy-dev-training-speed.pdf");
    }
  }

  @Test
  void writesTheSameBytesForTheSameRunsInAnyOrderAndLocale() throws IOException {
    List<RunRecord> reversed = new ArrayList<>(MadeUp.runs());
    java.util.Collections.reverse(reversed);
    Path first =
        ReportWriter.write(ReportModel.of(MadeUp.study(), MadeUp.runs()), List.of(), folder);
    String page = Files.readString(first);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Path again = ReportWriter.write(ReportModel.of(MadeUp.study(), reversed), List.of(), folder);
      assertThat(Files.readString(again)).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void thePageHasTheColumnsThatAreAskedFor() throws IOException {
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    List<ReportColumn> few = ReportColumn.parse("parameters,score,latency");
    String page = Files.readString(ReportWriter.write(model, List.of(), few, folder));
    assertThat(page).contains("ms, p50 (p90, p99)").doesNotContain("tie group", "size on disk");
    String usual = Files.readString(ReportWriter.write(model, List.of(), folder));
    assertThat(usual).contains("tie group").doesNotContain("ms, p50 (p90, p99)", "size on disk");
    String all =
        Files.readString(ReportWriter.write(model, List.of(), ReportColumn.parse("all"), folder));
    assertThat(all).contains("tie group", "ms, p50 (p90, p99)", "size on disk");
    assertThatThrownBy(() -> ReportColumn.parse("parameter"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter is no column, allowed are all, parameters, disk, ");
  }

  @Test
  void thePageAsksTheNetworkForNothing() throws IOException {
    String page = page(MadeUp.study(), MadeUp.runs());
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<link", "<iframe", "@import", "url(", " src=");
    assertThat(page).contains("default-src &#39;none&#39;").doesNotContain("onclick");
  }

  @Test
  void thePolicyOfThePageAdmitsItsScriptAndNoOther() throws Exception {
    String page = page(MadeUp.study(), MadeUp.runs());
    Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(script.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains("script-src &#39;sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;");
    assertThat(script.find()).as("a second script").isFalse();
  }

  @Test
  void thePageIsWellFormedAndEveryPictureHasWords() throws Exception {
    Document page = parsed(page(MadeUp.study(), MadeUp.runs()));
    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(6);
    var pictures = page.getElementsByTagName("svg");
    for (int i = 0; i < pictures.getLength(); i++) {
      var attributes = pictures.item(i).getAttributes();
      assertThat(
              attributes.getNamedItem("aria-labelledby") != null
                  || attributes.getNamedItem("aria-hidden") != null)
          .isTrue();
    }
    assertThat(ids(page)).doesNotHaveDuplicates();
  }

  @Test
  void textsFromUsersStayTextsInEveryFile() throws Exception {
    ReportWriter.write(ReportModel.of(hostileStudy(), hostileRuns()), List.of(), folder);
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page).doesNotContain(SCRIPT, "<img");
    assertThat(parsed(page).getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(HOSTILE);
    try (Stream<Path> figures = Files.list(folder.resolve("figures"))) {
      for (Path figure : figures.filter(f -> f.toString().endsWith(".svg")).toList()) {
        String svg = Files.readString(figure);
        assertThat(svg).doesNotContain("<script", "<img");
        assertThat(parsed(svg).getElementsByTagName("svg").getLength()).isEqualTo(1);
      }
    }
    assertThat(Files.readString(folder.resolve("report.md")))
        .doesNotContainPattern("(?<!\\\\)[<>`\\[](script|/script|img|a\\]|x)")
        .contains("\\<script\\>", "\\[a\\]");
    assertThat(Files.readString(folder.resolve("tables/variants.tex")))
        .contains("\\textbackslash{}input\\{y\\}")
        .doesNotContain("\\input{");
    assertThat(Files.readString(folder.resolve("tables/variants.csv")))
        .contains("'=cmd()")
        .doesNotContain("\n=cmd()", ",=cmd()");
  }

  @Test
  void noNameTurnsTheLineThatItStandsIn() throws IOException {
    StudyDescription study = MadeUp.study();
    StudyDescription turned =
        new StudyDescription(
            study.study(),
            "Which\u202E?",
            study.baseline(),
            List.of(
                new StudyDescription.Variant(
                    "A\u2066\u202Ecba", new TreeMap<>(MadeUp.values("none", 256)))),
            study.references(),
            study.command());
    ReportWriter.write(ReportModel.of(turned, MadeUp.runs()), List.of(), folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".pdf")).toList()) {
        if (Files.isRegularFile(file)) {
          assertThat(Files.readString(file)).as(file.toString()).doesNotContain("\u202E", "\u2066");
        }
      }
    }
    assertThat(Files.readString(folder.resolve("report.html"))).contains("A\uFFFD\uFFFDcba");
  }

  @Test
  void benchmarksAreTextsInEveryFileToo() throws Exception {
    JmhResult plain = MadeUp.benchmark("org.example.Some.step", "ms/op");
    List<JmhResult> benchmarks = List.of(plain, MadeUp.benchmark(HOSTILE, "=cmd()"));
    Path page =
        ReportWriter.write(ReportModel.of(MadeUp.study(), MadeUp.runs()), benchmarks, folder);
    assertThat(Files.readString(page)).doesNotContain(SCRIPT, "<img");
    Document parsed = parsed(Files.readString(page));
    assertThat(ids(parsed)).contains("benchmarks");
    assertThat(parsed.getDocumentElement().getTextContent())
        .containsSubsequence("Some.step", "12.346 ± 0.031", "2 × 5", "12.10", "13.05", "1235")
        .contains("onerror=alert(2)", "=cmd()");
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains(
            "| Some.step | preset ms/op | sample time | 12.346 ± 0.031 | ms/op | 2 × 5 | 12.10 |")
        .doesNotContainPattern("(?<!\\\\)<(script|img)");
    List<String> csv = Files.readAllLines(folder.resolve("tables/benchmarks.csv"));
    assertThat(csv.get(0))
        .isEqualTo(
            "benchmark,params,mode,score,score_error,unit,forks,iterations,p50,p90,p99,file");
    assertThat(csv.get(1))
        .isEqualTo(
            "org.example.Some.step,preset ms/op,sample,12.3456,0.0312,ms/op,2,5,12.1,13.05,1234.5,"
                + "jmh.json");
    assertThat(csv.get(2)).contains(",'=cmd(),").doesNotContain(",=cmd()");
    assertThat(Files.readString(folder.resolve("tables/benchmarks.tex")))
        .contains("12.346~$\\pm$~0.031", "2 $\\times$ 5", "\\textbackslash{}input\\{y\\}")
        .doesNotContain("\\input{");
  }

  @Test
  void failedRunsAreShownWithTheirReason() throws IOException {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    runs.set(7, MadeUp.builder("all", 64, 2).failed("loss is NaN at step 17").build());
    String page = page(MadeUp.study(), runs);
    assertThat(page)
        .contains("failed: loss is NaN at step 17", "1 of 8 runs failed", "0.6290", "1 failed")
        .contains("<details open>");
  }

  @Test
  void aStudyWithoutAnySuccessStillHasAReport() throws IOException {
    List<RunRecord> runs =
        List.of(
            MadeUp.builder("none", 256, 1).failed("out of memory").build(),
            MadeUp.builder("all", 64, 1).failed("out of memory").build());
    assertThat(page(MadeUp.study(), runs))
        .contains("there is no answer: 2 runs failed.", "failed: out of memory")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void aStudyWithoutRunsStillHasAReport() throws IOException {
    assertThat(page(MadeUp.study(), List.of())).contains("there is no answer yet");
    StudyDescription bare =
        new StudyDescription("bare", "?", new TreeMap<>(), List.of(), List.of(), "");
    assertThat(page(bare, List.of())).contains("there is no answer yet");
  }

  @Test
  void aFolderThatCannotBeWrittenIsAnErrorOfOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    assertThatThrownBy(() -> ReportWriter.write(model, List.of(), file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file")
        .message()
        .doesNotContain("\n");
  }

  private String page(StudyDescription study, List<RunRecord> runs) throws IOException {
    return Files.readString(ReportWriter.write(ReportModel.of(study, runs), List.of(), folder));
  }

  private static StudyDescription hostileStudy() {
    StudyDescription study = MadeUp.study();
    return new StudyDescription(
        study.study(),
        HOSTILE,
        study.baseline(),
        List.of(
            new StudyDescription.Variant(HOSTILE, new TreeMap<>(MadeUp.values("none", 256))),
            new StudyDescription.Variant("=cmd()", new TreeMap<>(MadeUp.values("all", 64)))),
        List.of(new StudyDescription.Reference(HOSTILE, List.of(MadeUp.accuracy(0.64)))),
        HOSTILE);
  }

  private static List<RunRecord> hostileRuns() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    runs.add(MadeUp.builder("all", 64, 3).failed(HOSTILE).build());
    return runs;
  }

  private static List<String> ids(Document page) {
    List<String> ids = new ArrayList<>();
    var all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      var id = all.item(i).getAttributes().getNamedItem("id");
      if (id != null) {
        ids.add(id.getNodeValue());
      }
    }
    return ids;
  }

  /** Parses as XML, which is stricter than HTML: void elements are closed and a text is escaped. */
  private static Document parsed(String markup) throws Exception {
    String xml =
        markup
            .replaceFirst("(?i)<!doctype html>", "")
            .replaceAll("<meta ([^>]*)>", "<meta $1/>")
            .replaceAll("<details open>", "<details>")
            .replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", "");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }
}
