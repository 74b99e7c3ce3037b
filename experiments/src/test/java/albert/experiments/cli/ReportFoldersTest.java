package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.StudyFolder;
import albert.reports.output.ReportColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a study's folder that was renamed, copied or moved, and where a report goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportFoldersTest {

  private Path shared = Path.of("");
  private Path folder = Path.of("");
  private Path study = Path.of("");

  @BeforeAll
  void runOnce(@TempDir Path once) throws IOException {
    shared = once.resolve("runs");
    Path file = Files.writeString(once.resolve("small.yaml"), StudyCommandTest.STUDY);
    Cli cli = Cli.run("run", file.toString(), "--runs", shared.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
  }

  @BeforeEach
  void copy(@TempDir Path fresh) throws IOException {
    folder = fresh;
    study = copyTo("runs/small");
  }

  @Test
  void withoutOutputAReportGoesIntoTheStudysFolder() throws IOException {
    Cli cli = Cli.run("report", study + "/");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out()).isEqualTo(study.resolve("report/report.html") + "\n");
    assertThat(study.resolve("report/tables/runs.csv")).content().hasLineCount(5);
    Cli again = Cli.run("report", study.toString());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).isEmpty();
    assertThat(study.resolve("report/tables/runs.csv")).content().hasLineCount(5);
    assertThat(Cli.run("status", folder.resolve("runs").toString()).out()).contains("4 finished");
  }

  @Test
  void theColumnsOfTheTableAreChosen() throws IOException {
    Path report = study.resolve("report/report.md");
    assertThat(Cli.run("report", study.toString()).status()).isZero();
    assertThat(report).content().contains("training (tokens/s)").doesNotContain("size on disk");
    Cli chosen = Cli.run("report", study.toString(), "--columns", "score,disk");
    assertThat(chosen.status()).as(chosen.err()).isZero();
    assertThat(report).content().contains("| variant | accuracy (mean ± sd) | size on disk (MB) |");
    Cli wrong = Cli.run("report", study.toString(), "--columns", "score,disc");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("--columns: disc is no column, allowed are all, parameters, disk, flops")
        .hasLineCount(1);
    String help = Cli.run("report", "--help").out().replaceAll("\\s+", " ");
    for (ReportColumn column : ReportColumn.values()) {
      assertThat(help).contains(column.id());
    }
  }

  @Test
  void aRenamedStudyIsReportedAndGoesOn() throws IOException {
    Cli.run("report", study.toString(), "--output", folder.resolve("expected").toString());
    Path renamed = Files.move(study, folder.resolve("small (of May)"));
    Cli cli = Cli.run("report", renamed.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    for (String file : new String[] {"report.html", "report.md", "tables/comparisons.csv"}) {
      assertThat(renamed.resolve("report").resolve(file))
          .hasSameTextualContentAs(folder.resolve("expected").resolve(file));
    }
    assertThat(Cli.run("status", renamed.toString()).out()).contains("4 finished");
    assertThat(Cli.run("status", folder.toString()).out()).contains("small (of May): ");
    String run = new StudyFolder(renamed).list().records().get(0).runId();
    assertThat(Cli.run("replay", renamed.resolve(run).toString()).status()).isZero();
    assertThat(Cli.run("clean", renamed.toString(), "--yes").out()).contains("nothing to free");

    Files.move(renamed, folder.resolve("later"));
    Path file =
        Files.writeString(
            folder.resolve("later.yaml"),
            StudyCommandTest.STUDY.replace("study: small", "study: later"));
    Cli went = Cli.run("run", file.toString(), "--runs", folder.toString());
    assertThat(went.out()).as(went.err()).contains("4 runs", "(4 done before)");
    Cli report = Cli.run("report", folder.resolve("later").toString(), "--json");
    assertThat(report.out()).contains("\"later\" : ");
    assertThat(report.err()).isEmpty();
  }

  @Test
  void aRunThatWasMovedIsAReportOfItsOwn() throws IOException {
    String id = new StudyFolder(study).list().records().get(0).runId();
    Path moved = Files.move(study.resolve(id), folder.resolve("the best one"));
    Cli cli = Cli.run("report", moved.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(moved.resolve("report/tables/runs.csv")).content().hasLineCount(2).contains(id);
    assertThat(moved.resolve("report/figures/curve-train-loss.svg")).as("from its log").exists();
    assertThat(Cli.run("report", study.toString(), "--json").status()).isZero();
    assertThat(study.resolve("report/tables/runs.csv")).content().hasLineCount(4);
  }

  @Test
  void aRunCopiedWithinItsStudyIsSaidAndCountedOnce() throws IOException {
    String id = new StudyFolder(study).list().records().get(0).runId();
    KeptFilesTest.copy(study.resolve(id), study.resolve("copy"));
    Cli cli = Cli.run("report", study.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("left out: ") && line.contains("small/" + id));
    assertThat(study.resolve("report/tables/runs.csv")).content().hasLineCount(5);
  }

  @Test
  void copiesAreSaidAndReportedOnce() throws IOException {
    Path copy = copyTo("runs/small-copy");
    Path link = Files.createSymbolicLink(folder.resolve("link"), study);
    Path output = folder.resolve("out");
    Cli cli =
        Cli.run(
            "report",
            study.toString(),
            copy.toString(),
            link.toString(),
            study + "/",
            "--output",
            output.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("left out: " + copy + ": its runs are also in " + study))
        .anyMatch(line -> line.contains("left out: " + link + ": it is the folder " + study))
        .anyMatch(line -> line.contains("left out: " + study + ": it is the folder " + study));
    assertThat(output.resolve("report.html")).exists();
    Cli all = Cli.run("report", folder.resolve("runs").toString());
    assertThat(all.status()).as("one is left").isZero();

    Cli linked = Cli.run("report", link.toString());
    assertThat(linked.out()).isEqualTo(link.resolve("report/report.html") + "\n");
  }

  @Test
  void studiesThatShareRunsAreBothReportedWhereverTheyLie() throws IOException {
    Path other = copyTo("elsewhere/small");
    String gone = new StudyFolder(other).list().records().get(0).runId();
    Files.delete(other.resolve(gone).resolve("run.json"));
    String missing = new StudyFolder(study).list().records().get(1).runId();
    Files.delete(study.resolve(missing).resolve("run.json"));
    Cli without = Cli.run("report", study.toString(), other.toString());
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err().lines())
        .anyMatch(line -> line.contains("--output is missing: the folder of the reports of 2"));
    Path output = folder.resolve("out");
    Cli cli = Cli.run("report", study.toString(), other.toString(), "--output", output.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("2 runs are in both " + study + " and " + other);
    assertThat(output.resolve("small/report.html")).exists();
    assertThat(output.resolve("small-2/report.html")).exists();
  }

  /** Whatever is in its path, the page is one argument of the desktop's program. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void openHandsThePageToTheDesktop() throws Exception {
    Path odd = Files.move(study, folder.resolve("a b;$(touch c)&'\"%41"));
    Desktop desktop = new Desktop(folder);
    LauncherTree.Ended ended = LauncherTree.end(desktop.process("report", odd + "", "--open"));
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("albert:");
    Path page = odd.resolve("report/report.html");
    assertThat(ended.out()).isEqualTo(page + "\n");
    assertThat(desktop.opened()).containsExactly(page);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutADesktopThePageIsThereAllTheSame() throws Exception {
    Desktop none = Desktop.without(folder);
    LauncherTree.Ended ended =
        LauncherTree.end(none.process("report", study + "", "--open", "--json"));
    assertThat(ended.status()).as(ended.err()).isZero();
    Path page = study.resolve("report/report.html");
    assertThat(ended.out()).contains("\"small\" : \"" + page + "\"");
    assertThat(ended.err())
        .endsWith("albert: --open: xdg-open can't be started; the report is in " + page + "\n");
    assertThat(page).isNotEmptyFile();
  }

  private Path copyTo(String name) throws IOException {
    Path target = folder.resolve(name);
    KeptFilesTest.copy(shared.resolve("small"), target);
    return Objects.requireNonNull(target);
  }
}
