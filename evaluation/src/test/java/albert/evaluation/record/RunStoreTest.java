package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunStoreTest {
  @TempDir private Path root;

  private RunStore store() {
    return new RunStore(root.resolve("runs"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    RunRecord running = Runs.running("s", "a").build();
    RunRecord finished = Runs.finished("s", "b");
    RunRecord failed = running.toBuilder().run("t", "a").failed("loss is NaN").build();
    for (RunRecord run : List.of(failed, finished, running)) {
      store().write(run);
      assertThat(store().read(run.study(), run.runId())).contains(run);
    }
    assertThat(store().list().records()).containsExactly(running, finished, failed);
    assertThat(store().list("t").records()).containsExactly(failed);
    assertThat(store().list().unreadable()).isEmpty();
  }

  @Test
  void keysAreInSnakeCase() throws IOException {
    store().write(Runs.finished("s", "a"));
    assertThat(Files.readString(store().directory("s", "a").record()))
        .contains("\"schema_version\" : 1", "\"train_tokens_per_second\" : 1234.5")
        .contains("\"inference_tokens_per_second\" : null", "\"status\" : \"finished\"")
        .doesNotContain("NaN");
  }

  @Test
  void noStoreAndNoRunIsNothing() throws IOException {
    assertThat(store().list().records()).isEmpty();
    assertThat(store().list("s").records()).isEmpty();
    assertThat(store().read("s", "a")).isEmpty();
  }

  @Test
  void whatIsNotARunIsPassedOver() throws IOException {
    store().write(Runs.finished("s", "a"));
    Files.createDirectories(store().directory("s", "begun").path());
    Files.writeString(root.resolve("runs").resolve("notes.txt"), "x");
    Files.createDirectories(root.resolve("runs").resolve(".git").resolve("a"));
    Path run = store().directory("s", "a").path();
    Files.writeString(run.resolve(".run.json.1.tmp"), "{");
    Files.writeString(root.resolve("runs/s/stray.json"), "{");
    assertThat(store().list().records()).hasSize(1);
    assertThat(store().list().unreadable()).isEmpty();
    AtomicFiles.removeLeftovers(run);
    assertThat(run).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void anUnreadableRecordIsNamedAndHindersNoOther() throws IOException {
    store().write(Runs.finished("s", "good"));
    Path torn = store().directory("s", "torn").record();
    Path empty = store().directory("s", "empty").record();
    Path latin = store().directory("s", "latin").record();
    Path elsewhere = store().directory("s", "elsewhere").record();
    for (Path file : List.of(torn, empty, latin, elsewhere)) {
      Files.createDirectories(file.getParent());
    }
    String whole = Files.readString(store().directory("s", "good").record());
    Files.writeString(torn, whole.substring(0, whole.length() / 2));
    Files.writeString(empty, "");
    Files.write(latin, "{\"é\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(elsewhere, whole);
    RunStore.Listing listing = store().list();
    assertThat(listing.records()).hasSize(1);
    assertThat(listing.unreadable())
        .hasSize(4)
        .allMatch(line -> line.lines().count() == 1)
        .anyMatch(line -> line.contains("torn") && line.contains(", line "))
        .anyMatch(line -> line.contains("empty"))
        .anyMatch(line -> line.contains("latin") && line.contains("not UTF-8"))
        .anyMatch(line -> line.contains("is the record of s/good, but lies in s/elsewhere"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"study\" : \"s\"|\"study\" : \"s\", \"studdy\" : 1|unknown key 'studdy'",
        "\"study\" : \"s\",||missing key 'study'",
        "\"study\" : \"s\"|\"study\" : \"s\", \"study\" : \"s\"|key 'study' is repeated",
        "\"study\" : \"s\"|\"study\" : 5|a text is needed, found is 5 in study",
        "\"study\" : \"s\"|\"study\" : null|study is 'null'",
        "\"study\" : \"s\"|\"study\" : \"../s\"|study is '../s'",
        "\"init_seed\" : 1|\"init_seed\" : 1.5|1.5",
        "\"init_seed\" : 1|\"init_seed\" : \"1\"|init_seed",
        "\"init_seed\" : 1|\"init_seed\" : null|init_seed",
        "\"status\" : \"finished\"|\"status\" : \"done\"|running or finished or failed is needed,"
            + " found is done in status",
        "\"status\" : \"finished\"|\"status\" : \"failed\"|a failed run has a reason",
        "\"schema_version\" : 1|\"schema_version\" : 2|schema_version is 2, allowed is 1",
        "\"train_seconds\" : 80.5|\"train_seconds\" : NaN|NaN",
        "\"train_seconds\" : 80.5|\"train_seconds\" : -1|train_seconds is -1.0",
        "\"started\" : \"2026|\"started\" : \"x2026|2026-01-31T12:00:00Z",
        "\"cores\" : 2|\"cores\" : true|cores",
        "\"n\" : 408,||missing key 'n' in scores[0]",
        "\"n\" : 408|\"m\" : 408, \"n\" : 408|unknown key 'm' in scores[0]; allowed are",
      })
  void strictAndWithTheLine(String right, String wrong, String problem) throws IOException {
    store().write(Runs.finished("s", "a"));
    Path file = store().directory("s", "a").record();
    String whole = Files.readString(file);
    int place = whole.indexOf(right);
    assertThat(place).as(right).isNotNegative();
    String replacement = wrong == null ? "" : wrong;
    Files.writeString(
        file, whole.substring(0, place) + replacement + whole.substring(place + right.length()));
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> store().read("s", "a"))
        .withMessageMatching("[^\\n]*run\\.json, line \\d+: [^\\n]*")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.file()).isEqualTo(file));
  }

  @Test
  void theLineIsTheOneToChange() throws IOException {
    store().write(Runs.finished("s", "a"));
    Path file = store().directory("s", "a").record();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"cores\" : 2")) {
        lines.set(i, lines.get(i).replace(" 2", " 2.5"));
        Files.write(file, lines);
        int line = i + 1;
        assertThatExceptionOfType(RecordFormatException.class)
            .isThrownBy(() -> store().read("s", "a"))
            .satisfies(e -> assertThat(e.line()).isEqualTo(line));
        return;
      }
    }
    throw new AssertionError("no cores");
  }

  @Test
  void cutAnywhereItIsReadWholeOrRefused() throws IOException {
    RunRecord run = Runs.finished("s", "a");
    store().write(run);
    Path file = store().directory("s", "a").record();
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      Files.write(file, java.util.Arrays.copyOf(whole, random.nextInt(whole.length - 1)));
      assertThat(store().list().records()).isEmpty();
      assertThat(store().list().unreadable()).hasSize(1);
    }
  }

  @Test
  void trailingTextIsAnError() throws IOException {
    store().write(Runs.finished("s", "a"));
    Path file = store().directory("s", "a").record();
    Files.writeString(file, Files.readString(file) + "{}");
    assertThatExceptionOfType(RecordFormatException.class).isThrownBy(() -> store().read("s", "a"));
  }

  @Test
  void namesDoNotLeadOut() {
    assertThatIllegalArgumentException().isThrownBy(() -> store().directory("..", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> store().list("../s"));
  }

  @Test
  void thousandsOfRecords() throws IOException {
    RunStore store = store();
    String template = new StrictJson().write(Runs.finished("s", "template"));
    for (int i = 0; i < 2_000; i++) {
      Path file = store.directory("s", "run" + i).record();
      Files.createDirectories(file.getParent());
      Files.writeString(file, template.replace("template", "run" + i));
    }
    assertThat(store.list().records()).hasSize(2_000);
  }
}
