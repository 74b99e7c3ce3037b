package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.StudyFolder;
import albert.experiments.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a study leaves on the disk, and what {@code clean} frees of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeptFilesTest {

  private static final String STUDY =
      StudyCommandTest.STUDY
          .replace("  threads: 1", "  checkpoint_steps: 10\n  eval_steps: 10\n  threads: 1")
          .replace("seeds: [1, 2]", "seeds: [1]");

  private Path shared = Path.of("");
  private Path file = Path.of("");

  /** Runs with both weights, and in the folders beside what else can go. */
  private Path runs = Path.of("");

  private Path study = Path.of("");

  @BeforeAll
  void runOnce(@TempDir Path folder) throws IOException {
    shared = folder;
    file = Files.writeString(folder.resolve("small.yaml"), STUDY);
    Cli cli = run("kept", "--keep", "both");
    assertThat(cli.status()).as(cli.err()).isZero();
  }

  @BeforeEach
  void copy(@TempDir Path fresh) throws IOException {
    runs = fresh.resolve("runs");
    study = runs.resolve("small");
    copy(shared.resolve("kept"), runs);
    for (String start : new String[] {"pretrained/0a", "compressed/0b"}) {
      Path made = Files.createDirectories(study.resolve(start));
      Files.write(made.resolve("model.safetensors"), new byte[3_000]);
      Files.writeString(made.resolve("made.json"), "{}");
    }
    Path state = Files.createDirectories(run(0).path().resolve("state/step-10"));
    Files.write(state.resolve("model.ckpt.data"), new byte[7_000]);
    Files.write(run(1).path().resolve(".run.json.0.tmp"), new byte[400]);
  }

  @Test
  void aStudyLeavesNoWeightsAndNoStateByDefault() throws IOException {
    Cli first = run("plain");
    assertThat(first.status()).as(first.err()).isZero();
    Path folder = shared.resolve("plain/small");
    assertThat(first.out().lines().skip(1)).containsExactly("report: ./albert report " + folder);
    assertThat(new StudyFolder(folder).list().records())
        .hasSize(2)
        .allMatch(run -> run.status() == RunStatus.FINISHED)
        .extracting(RunRecord::runId)
        .as("a run is the same whatever it keeps")
        .isEqualTo(new StudyFolder(study).list().records().stream().map(RunRecord::runId).toList());
    assertThat(sizes(folder).keySet())
        .noneMatch(name -> name.contains("checkpoint") || name.contains("state/"))
        .anyMatch(name -> name.endsWith("predictions/dev.jsonl"));
    assertThat(new StudyFolder(folder).list().records())
        .allMatch(
            run -> Objects.requireNonNull(Objects.requireNonNull(run.size()).diskBytes()) > 0);

    Cli again = run("plain", "--keep", "best");
    assertThat(again.out()).contains("2 runs", "(2 done before)");
    assertThat(again.err())
        .contains("2 of 2 runs had already finished without the weights", "replay");
  }

  @Test
  void withoutKeepTheWeightsStay() throws IOException {
    SortedMap<String, Long> before = sizes(runs);
    Cli dry = Cli.run("clean", runs.toString(), "--dry-run");
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("7.0 kB  optimizer states of runs that are over in " + study)
        .contains("400 B  files that were being written")
        .contains("7.4 kB  in all");
    Cli unasked = Cli.run("clean", runs.toString());
    assertThat(unasked.status()).isEqualTo(2);
    assertThat(unasked.err().lines()).hasSize(1).allMatch(line -> line.contains("--yes"));
    assertThat(sizes(runs)).isEqualTo(before);

    Cli cli = Cli.run("clean", runs.toString(), "--yes");
    assertThat(cli.out()).endsWith("freed 7.4 kB\n");
    before.keySet().removeIf(name -> name.contains("state/") || name.endsWith(".tmp"));
    assertThat(sizes(runs)).isEqualTo(before);
    assertThat(Cli.run("clean", runs.toString(), "--yes").out()).isEqualTo("nothing to free\n");
  }

  @Test
  void noneLeavesWhatTellsOfTheRuns() throws IOException {
    SortedMap<String, Long> before = sizes(runs);
    Cli cli = Cli.run("clean", runs.toString(), "--study", "small", "--keep", "none", "--yes");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("weights of finished runs in " + study, "then predict finds no model, replay")
        .contains("6.0 kB  pretrained and compressed starts", "pretrain or compress again");
    before
        .keySet()
        .removeIf(
            name ->
                name.contains("checkpoint")
                    || name.contains("state/")
                    || name.endsWith(".tmp")
                    || name.endsWith("model.safetensors"));
    assertThat(sizes(runs)).isEqualTo(before);
    Cli again = Cli.run("run", file.toString(), "--runs", runs.toString());
    assertThat(again.out()).contains("2 runs", "(2 done before)");
    Cli predict = Cli.run("predict", "--model", run(0).path().toString(), "--input", file + "");
    assertThat(predict.status()).isEqualTo(2);
    assertThat(predict.err().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("the run kept none of its weights; ./albert replay"));
  }

  @Test
  void bestLeavesTheBestWeightsInTheirPlace() throws IOException {
    byte[] best = Files.readAllBytes(run(0).path().resolve("checkpoint-best/model.safetensors"));
    Cli cli = Cli.run("clean", study.toString(), "--keep", "best", "--yes");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("last weights of runs that keep the best");
    assertThat(run(0).path().resolve("checkpoint-best")).doesNotExist();
    assertThat(run(0).path().resolve("checkpoint/model.safetensors")).hasBinaryContent(best);
    assertThat(Cli.run("replay", run(0).path().toString()).out())
        .contains("equal bit for bit", "tensors of checkpoint/model.safetensors")
        .contains("not compared, as the run did not keep them: the last weights");
  }

  @Test
  @SuppressWarnings("try") // the lock is held, not used
  void aRunThatAProcessIsAtIsLeftAloneAndSoAreTheStudysStarts() throws IOException {
    SortedMap<String, Long> before = sizes(run(0).path());
    try (RunLock held = RunLock.tryAcquire(run(0)).orElseThrow()) {
      Cli cli = Cli.run("clean", runs.toString(), "--keep", "none", "--yes");
      assertThat(cli.err()).contains("left alone in " + study + ": 1 runs");
      assertThat(cli.out()).doesNotContain("starts", "optimizer states");
    }
    SortedMap<String, Long> after = sizes(run(0).path());
    assertThat(after.keySet()).containsAll(before.keySet());
    assertThat(run(1).path().resolve("checkpoint")).doesNotExist();
    assertThat(study.resolve("pretrained/0a/model.safetensors")).exists();
  }

  @Test
  void aBrokenRunKeepsItsStateAndItsStudyTheStarts() throws IOException {
    Path record = run(0).record();
    String text = Files.readString(record);
    Files.writeString(
        record,
        text.replace("\"status\" : \"finished\"", "\"status\" : \"running\"")
            .replaceAll("\"finished\" : \"[^\"]*\"", "\"finished\" : null"));
    SortedMap<String, Long> before = sizes(run(0).path());
    Cli cli = Cli.run("clean", runs.toString(), "--keep", "none", "--yes");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(sizes(run(0).path()).keySet()).containsAll(before.keySet());
    assertThat(study.resolve("compressed/0b/model.safetensors")).exists();
    assertThat(run(1).path().resolve("checkpoint")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsRefused() {
    Cli cli = Cli.run("clean", runs.toString(), "--study", "smal", "--yes");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1).allMatch(line -> line.contains("smal does not exist"));
    assertThat(Cli.run("clean", runs.toString(), "--keep", "last").status()).isEqualTo(2);
  }

  @Test
  void jsonSaysWhatCanGoAndWhatIsFree() {
    assertThat(Cli.run("clean", runs.toString(), "--dry-run", "--json").out())
        .contains("\"kind\" : \"state\"", "\"bytes\" : 7400", "\"freed\" : 0");
    assertThat(Cli.run("clean", runs.toString(), "--yes", "--json").out())
        .contains("\"freed\" : 7400");
  }

  private RunDirectory run(int number) throws IOException {
    StudyFolder folder = new StudyFolder(study);
    return folder.directory(folder.list().records().get(number).runId());
  }

  private Cli run(String name, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("run", file.toString(), "--runs", shared.resolve(name).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Bytes of all files by name. The locks' files come and stay. */
  private static SortedMap<String, Long> sizes(Path folder) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.endsWith("run.lock")) {
          sizes.put(folder.relativize(file).toString(), Folders.bytes(file));
        }
      }
    }
    return sizes;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
  }
}
