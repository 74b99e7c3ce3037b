package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.cli.terminal.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal sees of a study. */
@EnabledOnOs(OS.LINUX)
final class LiveStudyTest {

  private static final int COLUMNS = 120;

  @TempDir private Path folder;

  /** Two processes do the runs; the table has those of both, and one page is opened. */
  @Test
  void theTableFillsInPlaceAndTheReportIsALink() throws Exception {
    String study = StudyCommandTest.STUDY.replace("max_steps: 30", "max_steps: 4");
    Path file = Files.writeString(folder.resolve("small.yaml"), study);
    Path runs = folder.resolve("runs");
    Desktop desktop = new Desktop(folder);
    ProcessBuilder command =
        desktop.command("run", file + "", "--runs", runs + "", "--parallel", "2", "--open");
    command.command().addAll(1, List.of("-Dalbert.terminal=true", "-Dalbert.columns=" + COLUMNS));
    Path err = folder.resolve("err");
    Process process = command.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String written = Files.readString(err);
    assertThat(process.waitFor()).as(written).isZero();

    List<String> screen = Screen.of(written, COLUMNS);
    int table = screen.size() - 3;
    assertThat(screen.subList(0, table).stream().filter(line -> line.startsWith("["))).hasSize(4);
    assertThat(screen.subList(table, screen.size()))
        .satisfiesExactly(
            line -> assertThat(line).matches("variant +mean ± sd +seeds"),
            line -> assertThat(line).matches("sharing=none +0\\.\\d{4} ± .* accuracy +2 of 2"),
            line -> assertThat(line).matches("sharing=all +0\\.\\d{4} ± .* accuracy +2 of 2"));
    assertThat(screen).filteredOn(line -> line.contains("variant")).hasSize(1);
    assertThat(written)
        .contains(", at work", "training: encoder and head learn the task wordnet from its");

    Path page = runs.resolve("small/report/report.html");
    assertThat(out).contains("report: \u001b]8;;file:///").contains("\u001b\\" + page + "\u001b");
    assertThat(desktop.opened()).containsExactly(page);
  }
}
