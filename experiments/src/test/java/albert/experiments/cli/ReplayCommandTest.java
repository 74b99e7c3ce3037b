package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.MetricsLog;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay}: equal, or the first thing that is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayCommandTest {

  private Path folder = Path.of("");
  private Path original = Path.of("");

  @BeforeAll
  void runOnce(@TempDir Path shared) throws IOException {
    folder = shared;
    Path file =
        Files.writeString(
            folder.resolve("small.yaml"),
            StudyCommandTest.STUDY
                .replace("max_steps: 30", "max_steps: 30\n  keep: last")
                .replace("[none, all]", "[all]")
                .replace("[1, 2]", "[1]")
                .replace("{sharing: none}", "{sharing: all}"));
    Cli cli = Cli.run("run", file.toString(), "--runs", folder.resolve("runs").toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    try (Stream<Path> runs = Files.list(folder.resolve("runs/small"))) {
      original = runs.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Test
  void aRunIsEqualToItsReplay() {
    Cli cli = Cli.run("replay", original.toString());
    assertThat(cli.status()).as(cli.err() + cli.out()).isZero();
    assertThat(cli.out())
        .startsWith("equal bit for bit: ")
        .contains("7 lines of metrics", "tensors of checkpoint/model.safetensors", "5239 lines");
    assertThat(Cli.run("replay", original.toString(), "--json").out())
        .contains("\"equal\" : true", "\"difference\" : null");
  }

  @Test
  void whatARunDidNotKeepIsNotComparedAndNamed() throws IOException {
    Path run = copy("without-weights");
    assertThat(Cli.run("clean", run.toString(), "--keep", "none", "--yes").status()).isZero();
    Path again = folder.resolve("again");
    Cli cli = Cli.run("replay", run.toString(), "--output", again.toString());
    assertThat(cli.status()).as(cli.err() + cli.out()).isZero();
    assertThat(cli.out().lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith("equal bit for bit: ")
                    && line.contains("7 lines of metrics")
                    && line.contains("5239 lines")
                    && !line.contains("tensors"))
        .contains("not compared, as the run did not keep them: the last weights");
    assertThat(again.resolve("checkpoint/model.safetensors"))
        .as("the weights are made again")
        .hasSameBinaryContentAs(original.resolve("checkpoint/model.safetensors"));
    assertThat(Cli.run("replay", run.toString(), "--json").out())
        .contains("\"not_compared\" : [ \"the last weights\" ]");
  }

  @Test
  void theFirstStepThatDiffersIsNamed() throws IOException {
    Path run = copy("metrics");
    Path metrics = run.resolve("metrics.jsonl");
    String changed =
        Double.toString(
            Objects.requireNonNull(MetricsLog.read(metrics).get(1).values().get("train_loss")));
    Files.writeString(metrics, Files.readString(metrics).replace(changed, "2.5"));
    assertDiffers(run, "different: step 10: train_loss was 2.5 then, " + changed + " now");
  }

  @Test
  void theFirstTensorThatDiffersIsNamed() throws IOException {
    Path run = copy("weights");
    Path weights = run.resolve("checkpoint/model.safetensors");
    Safetensors stored = Safetensors.open(weights);
    Map<String, HostTensor> tensors = new TreeMap<>(stored.readAll());
    FloatTensor bias = stored.readFloat("output_bias");
    float[] values = bias.values().clone();
    values[3] += 0.25f;
    tensors.put("output_bias", FloatTensor.of(values, bias.shape()));
    Safetensors.write(weights, tensors, stored.metadata());
    assertDiffers(run, "tensor output_bias differs in 1 of 45 values, by up to 0.250");
  }

  @Test
  void aRunOfOtherThreadsOrAnotherMachineIsWarnedOf() throws IOException {
    Path run = copy("warned");
    Path record = run.resolve("run.json");
    Files.writeString(
        record,
        Files.readString(record)
            .replaceAll("\"cpu_model\" : \"[^\"]*\"", "\"cpu_model\" : \"Z80\""));
    Cli cli = Cli.run("replay", run.toString());
    assertThat(cli.err()).contains("albert: processor was Z80, here it is ");
    assertThat(cli.out()).startsWith("equal bit for bit");
  }

  @Test
  void whatIsNoFinishedRunIsRefused() throws IOException {
    Cli none = Cli.run("replay", folder.toString());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("is not the folder of a run: it has no run.json");
    Path run = copy("other-data");
    Path record = run.resolve("run.json");
    Files.writeString(
        record,
        Files.readString(record)
            .replaceAll(
                "\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"" + "0".repeat(64) + "\""));
    Cli other = Cli.run("replay", run.toString());
    assertThat(other.status()).as(other.err()).isEqualTo(2);
    assertThat(other.err().lines()).hasSize(1);
    assertThat(other.err()).contains("the run read wordnet with SHA-256 000000");
  }

  private static void assertDiffers(Path run, String words) {
    Cli cli = Cli.run("replay", run.toString());
    assertThat(cli.out()).contains(words);
    assertThat(cli.status()).isEqualTo(1);
  }

  private Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(original.relativize(file).toString()));
      }
    }
    return target;
  }
}
