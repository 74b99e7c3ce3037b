package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --dry-run}: what a study will cost and can find. */
final class DryRunTest {

  @TempDir private Path folder;

  @Test
  void tellsSizesTimesAndPowerAndTrainsNothing() throws IOException {
    JsonNode before = forecast();
    assertThat(folder.resolve("runs")).doesNotExist();
    assertThat(before.get("runs").asInt()).isEqualTo(4);
    assertThat(before.get("done").asInt()).isZero();
    JsonNode variant = before.get("variants").get(0);
    assertThat(variant.get("parameters").asLong())
        .isEqualTo(parameters("none"))
        .isGreaterThan(parameters("all"));
    assertThat(variant.get("steps").asLong()).isEqualTo(30);
    assertThat(variant.get("seconds_per_run").asDouble()).isPositive();
    assertThat(variant.get("time_from").asText()).contains("GFLOP/s (measured now)");
    assertThat(before.get("stages").findValuesAsText("stage"))
        .containsExactly("training", "evaluation", "files", "other parts", "latency");
    assertThat(before.get("stages").get(1).get("count").asInt()).isEqualTo(4);
    assertThat(before.get("stages").get(1).get("steps_left").asInt()).isEqualTo(4 * 5_239);
    double sum = 0;
    for (JsonNode stage : before.get("stages")) {
      sum += stage.get("seconds_left").asDouble();
    }
    assertThat(before.get("seconds_in_all").asDouble()).isCloseTo(sum, within(1e-6));
    assertThat(before.get("power").get(0).get("sentence").asText())
        .contains("2 seeds in 1 comparison support no conclusion", "5,239 examples of dev find");
  }

  @Test
  void learnsFromTheRunsThatAreFinished() throws IOException {
    assertThat(study("run", "--max-runs", "3").status()).isZero();
    JsonNode after = forecast();
    assertThat(after.get("done").asInt()).isEqualTo(3);
    assertThat(after.get("variants").get(0).get("time_from").asText())
        .isEqualTo("2 finished runs of this variant");
    assertThat(after.get("power").get(0).get("deviation").asDouble()).isPositive();
    Cli other = study("run", "--dry-run", "--max-steps", "60");
    assertThat(other.out())
        .contains("4 runs, 0 done", "time from: 3 finished runs of this task and length, by FLOPs");
  }

  @Test
  void aSmallTaskWantsFiveSeeds() throws IOException {
    assertThat(study("run", "--dry-run", "--task", "mrpc", "--data", folder.toString()).out())
        .contains("note: mrpc is small and varies with the seed: take at least 5 seeds, here are 2")
        .contains("there is no data of task mrpc");
    Cli alone =
        Cli.run(
            "finetune",
            "--task",
            "mrpc",
            "--preset",
            "mini-albert",
            "--output",
            folder + "/x",
            "--data",
            folder.toString(),
            "--dry-run");
    assertThat(alone.status()).as(alone.err()).isZero();
    assertThat(alone.out()).contains("learning_rate: 2.0E-5", "at least 5 seeds, here is 1");
    Cli json =
        Cli.run("finetune", "--task", "wordnet", "--preset", "mini-albert", "--dry-run", "--json");
    JsonNode resolved = JsonMapper.builder().build().readTree(json.out());
    assertThat(resolved.get("learning_rate").asDouble()).isPositive();
    assertThat(resolved.get("forecast").get("stages").findValuesAsText("stage"))
        .containsExactly("training", "evaluation", "files", "other parts", "latency");
  }

  private JsonNode forecast() throws IOException {
    Cli cli = study("run", "--dry-run", "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    return JsonMapper.builder().build().readTree(cli.out());
  }

  private static long parameters(String sharing) throws IOException {
    Cli cli =
        Cli.run(
            "params",
            "--preset",
            "mini-albert",
            "--vocab-size",
            "30522",
            "--hidden-size",
            "16",
            "--embedding-size",
            "8",
            "--num-hidden-layers",
            "2",
            "--num-attention-heads",
            "2",
            "--sharing",
            sharing,
            "--json");
    return JsonMapper.builder().build().readTree(cli.out()).get("parameters").asLong();
  }

  private Cli study(String command, String... more) throws IOException {
    // at this rate the two seeds end apart, so that there is a deviation
    String text = StudyCommandTest.STUDY.replace("learning_rate: 1.0e-3", "learning_rate: 1.0e-2");
    Path file = Files.writeString(folder.resolve("small.yaml"), text);
    String[] arguments = new String[4 + more.length];
    arguments[0] = command;
    arguments[1] = file.toString();
    arguments[2] = "--runs";
    arguments[3] = folder.resolve("runs").toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Cli.run(arguments);
  }
}
