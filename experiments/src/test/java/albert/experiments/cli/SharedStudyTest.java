package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study done in parts, and by two processes at once; and what {@code status} tells of it. */
final class SharedStudyTest {

  @TempDir private Path folder;

  private Path runs() {
    return folder.resolve("runs");
  }

  private Path study() throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), StudyCommandTest.STUDY);
  }

  @Test
  void aBudgetLeavesTheRestForTheNextTime() throws IOException {
    String file = study().toString();
    Cli part = Cli.run("run", file, "--runs", runs().toString(), "--max-runs", "3");
    assertThat(part.status()).as(part.err()).isZero();
    assertThat(part.err()).contains("continues with the 1 runs left");
    assertThat(states(Cli.run("status", runs().toString(), "--json")))
        .containsExactly("finished", "finished", "finished", "to do");
    assertThat(Cli.run("status", runs().resolve("small").toString()).out())
        .contains("small: 1 to do, 3 finished; about", "sharing=all")
        .containsPattern("accuracy 0\\.\\d{4} \\(dev, last\\)\\n");

    Cli rest = Cli.run("run", file, "--runs", runs().toString());
    assertThat(rest.out()).contains("4 runs", "(3 done before)");
    assertThat(states(Cli.run("status", runs().toString(), "--json")))
        .containsOnly("finished")
        .hasSize(4);
  }

  @Test
  void twoProcessesShareTheRunsAndBothWaitForAll() throws Exception {
    String file = study().toString();
    List<Process> processes = new ArrayList<>();
    List<Path> logs = List.of(folder.resolve("a.log"), folder.resolve("b.log"));
    for (Path log : logs) {
      processes.add(Cli.start(log, "run", file, "--runs", runs().toString()));
    }
    long done = 0;
    for (int i = 0; i < processes.size(); i++) {
      assertThat(processes.get(i).waitFor()).isZero();
      List<String> lines = Files.readAllLines(logs.get(i));
      assertThat(lines).anyMatch(line -> line.startsWith("4 runs in"));
      done += lines.stream().filter(line -> line.contains("accuracy 0.")).count();
    }
    assertThat(done).as("each run was done once").isEqualTo(4);
    assertThat(new RunStore(runs()).list("small").records())
        .hasSize(4)
        .allMatch(run -> run.status() == RunStatus.FINISHED);
  }

  @Test
  void oneCommandDoesSeveralRunsAtOnceAndNoneTwice() throws IOException {
    Cli cli = Cli.run("run", study().toString(), "--runs", runs().toString(), "--parallel=2");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("4 runs in");
    List<String> other = Files.readAllLines(runs().resolve("small/process-2.log"));
    assertThat(other).as("the other process's lines").anyMatch(l -> l.startsWith("4 runs in"));
    long done =
        Stream.concat(cli.err().lines(), other.stream())
            .filter(line -> line.contains("accuracy 0."))
            .count();
    assertThat(done).as("each run was done once").isEqualTo(4);
    assertThat(cli.err().lines().filter(line -> line.endsWith(" accuracy (2 seeds)")))
        .as("variants, whoever did their runs")
        .hasSize(2);
    assertThat(new RunStore(runs()).list("small").records())
        .hasSize(4)
        .allMatch(run -> run.provenance().execution().threads() == 1);
    assertThat(Cli.run("run", study().toString(), "--parallel", "2", "--max-runs", "1").err())
        .contains("--parallel and --max-runs are both given");
    assertThat(Cli.run("run", study().toString(), "--parallel", "0").err())
        .contains("--parallel is 0, allowed are 1 to 64");
    Cli dry = Cli.run("run", study().toString(), "--dry-run", "--open");
    assertThat(dry.err())
        .isEqualTo("albert: --dry-run and --open are both given: a dry run has no report\n");
    assertThat(dry.status()).isEqualTo(2);
  }

  @Test
  void whatIsNoFolderOfRunsIsRefused() throws IOException {
    assertThat(Cli.run("status", folder.resolve("absent").toString()).err())
        .contains("absent is not a folder of runs");
    assertThat(Cli.run("status", folder.toString()).status()).isEqualTo(2);
    assertThat(Cli.run("run", study().toString(), "--max-runs", "-1").err())
        .contains("--max-runs is -1");
  }

  private static List<String> states(Cli status) throws IOException {
    assertThat(status.status()).as(status.err()).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(status.out());
    List<String> states = new ArrayList<>();
    json.get("small").forEach(row -> states.add(row.get("state").asText()));
    return states;
  }
}
