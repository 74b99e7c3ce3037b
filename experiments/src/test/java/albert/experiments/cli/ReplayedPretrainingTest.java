package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.MetricsLog;
import albert.experiments.Folders;
import albert.experiments.training.pretraining.SmallCorpus;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay} of what {@code pretrain} left: equal, or the first thing that is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayedPretrainingTest {

  private static final String RECORD = "run.json";

  private Path folder = Path.of("");
  private Path corpus = Path.of("");
  private Path original = Path.of("");

  @BeforeAll
  void pretrainOnce(@TempDir Path shared) throws IOException {
    folder = shared;
    corpus = SmallCorpus.write(folder.resolve("corpus"));
    original = folder.resolve("original");
    pretrain(original, "--eval-steps", "2", "--dropout-steps", "2", "--max-steps", "3");
  }

  private void pretrain(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("pretrain", "--corpus", corpus.toString(), "--output", output.toString()));
    SmallCorpus.settings("objective", "sentence_order")
        .values()
        .forEach(
            (key, value) ->
                arguments.addAll(List.of("--" + key.replace('_', '-'), String.valueOf(value))));
    arguments.addAll(List.of("--seed", "5"));
    arguments.addAll(List.of(more));
    Cli cli = Cli.run(arguments.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
  }

  @Test
  void aPretrainingIsEqualToItsReplay() {
    Path kept = folder.resolve("kept");
    Cli cli = Cli.run("replay", original.toString(), "--output", kept.toString());
    assertThat(cli.status()).as(cli.err() + cli.out()).isZero();
    assertThat(cli.out())
        .startsWith("equal bit for bit: 4 lines of metrics, ")
        .contains("tensors of original/model.safetensors, 7 scores");
    assertThat(Cli.run("replay", kept.toString(), "--json").out())
        .contains("\"equal\" : true", "\"difference\" : null");
    assertRefused(
        Cli.run("replay", original.toString(), "--output", kept.toString()),
        "kept is not empty; --output names another folder");
  }

  @Test
  void oneThatWentOnFromACheckpointAndMoreTextIsEqualToo() throws IOException {
    Path more = Files.createDirectories(folder.resolve("more"));
    Files.writeString(more.resolve("more.txt"), "A first one.\nA second one.\n\nAnother.\nLast.\n");
    Path goneOn = folder.resolve("gone-on");
    Path config = Files.writeString(folder.resolve("none.yaml"), "max_steps: 2\n");
    Cli cli =
        Cli.run(
            "pretrain",
            "--corpus",
            corpus.toString(),
            "--additional-corpus",
            more.toString(),
            "--model",
            original.toString(),
            "--config",
            config.toString(),
            "--output",
            goneOn.toString(),
            "--batch-size",
            "4",
            "--max-seq-length",
            "32",
            "--warmup-steps",
            "1",
            "--logging-steps",
            "1",
            "--threads",
            "1",
            "--precision",
            "float32");
    assertThat(cli.status()).as(cli.err()).isZero();
    Cli replay = Cli.run("replay", goneOn.toString());
    assertThat(replay.status()).as(replay.err() + replay.out()).isZero();
    Files.delete(more.resolve("more.txt"));
    assertRefused(Cli.run("replay", goneOn.toString()), "the corpus is empty");
    Path other =
        changed(
            "other-start",
            goneOn,
            "(\"weights\",\\s*\"sha256\" : \")[^\"]*",
            "$1" + "0".repeat(64));
    assertRefused(
        Cli.run("replay", other.toString()), "weights of the pretraining in ", "000, here it is ");
  }

  @Test
  void theFirstStepThatDiffersIsNamed() throws IOException {
    Path copy = copy("metrics", original);
    Path metrics = copy.resolve("metrics.jsonl");
    String loss =
        Double.toString(
            Objects.requireNonNull(MetricsLog.read(metrics).get(1).values().get("train_loss")));
    Files.writeString(metrics, Files.readString(metrics).replace(loss, "2.5"));
    assertDiffers(copy, "different: step 2: train_loss was 2.5 then, " + loss + " now");
  }

  @Test
  void theFirstTensorThatDiffersIsNamed() throws IOException {
    Path copy = copy("weights", original);
    Path weights = copy.resolve("model.safetensors");
    Safetensors stored = Safetensors.open(weights);
    Map<String, HostTensor> tensors = new TreeMap<>(stored.readAll());
    String name = "cls/seq_relationship/output_bias";
    FloatTensor bias = stored.readFloat(name);
    float[] values = bias.values().clone();
    values[1] += 0.5f;
    tensors.put(name, FloatTensor.of(values, bias.shape()));
    Safetensors.write(weights, tensors, stored.metadata());
    assertDiffers(copy, "tensor " + name + " differs in 1 of 2 values, by up to 0.500");
  }

  @Test
  void anotherSeedIsAnotherTraining() throws IOException {
    assertDiffers(
        changed("seed", original, "\"init_seed\" : 5", "\"init_seed\" : 6"), "different: step 1: ");
  }

  @Test
  void anotherMachineIsWarnedOf() throws IOException {
    Path copy =
        changed("machine", original, "\"cpu_model\" : \"[^\"]*\"", "\"cpu_model\" : \"Z80\"");
    Cli cli = Cli.run("replay", copy.toString());
    assertThat(cli.err()).contains("albert: processor was Z80, here it is ");
    assertThat(cli.out()).startsWith("equal bit for bit");
  }

  @Test
  void otherOrMissingTextsAreRefused() throws IOException {
    String there = "\"source\" : \"" + Matcher.quoteReplacement(corpus.toString()) + "\"";
    Path other = SmallCorpus.write(folder.resolve("other-corpus"));
    Files.writeString(other.resolve("text.txt"), "One more. And one.\n");
    assertRefused(
        Cli.run(
            "replay",
            changed("texts", original, there, "\"source\" : \"" + other + "\"").toString()),
        "corpus of the pretraining in ",
        "had the SHA-256 ");
    assertRefused(
        Cli.run(
            "replay", changed("gone", original, there, "\"source\" : \"/not/there\"").toString()),
        "/not/there, which the pretraining read, is not there; run.json in ");
  }

  /** Its weights are its only ones: with {@code --keep none} they go, and a replay makes them. */
  @Test
  void aPretrainingWhoseWeightsWereFreedCanBeRepeated() throws IOException {
    Path copy = copy("freed", original);
    Path weights = copy.resolve("model.safetensors");
    byte[] before = Files.readAllBytes(weights);
    Cli best = Cli.run("clean", copy.toString(), "--keep", "best", "--yes");
    assertThat(best.status()).as(best.err()).isZero();
    assertThat(weights).hasBinaryContent(before);
    Cli none = Cli.run("clean", copy.toString(), "--keep", "none", "--yes");
    assertThat(none.out())
        .contains("weights of finished runs in " + copy, "./albert replay RUN --output DIR makes");
    assertThat(weights).doesNotExist();
    assertThat(copy.resolve(RECORD)).exists();
    Path again = folder.resolve("again");
    Cli replay = Cli.run("replay", copy.toString(), "--output", again.toString());
    assertThat(replay.out())
        .as(replay.err())
        .contains("equal bit for bit", "not compared, as the run did not keep them: the weights");
    assertThat(again.resolve("model.safetensors")).hasBinaryContent(before);
  }

  @Test
  void whatCannotBeRepeatedIsRefused() throws IOException {
    assertRefused(
        Cli.run(
            "replay",
            changed("unfinished", original, "\"status\" : \"finished\"", "\"status\" : \"running\"")
                .toString()),
        "the pretraining in ",
        "unfinished is running, only a finished one can be repeated");
    assertRefused(
        Cli.run("replay", changed("broken", original, "(?s)\\}\\s*$", "").toString()),
        "run.json, line ");
  }

  private static void assertDiffers(Path pretraining, String words) {
    Cli cli = Cli.run("replay", pretraining.toString());
    assertThat(cli.out()).as(cli.err()).contains(words);
    assertThat(cli.status()).isEqualTo(1);
  }

  private static void assertRefused(Cli cli, String... words) {
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(2);
  }

  /** A copy with another text in its record. */
  private Path changed(String name, Path from, String pattern, String instead) throws IOException {
    Path copy = copy(name, from);
    Path record = copy.resolve(RECORD);
    String text = Files.readString(record);
    assertThat(text).containsPattern(pattern);
    Files.writeString(record, text.replaceFirst(pattern, instead));
    return copy;
  }

  private Path copy(String name, Path from) throws IOException {
    Path target = folder.resolve(name);
    Folders.delete(target);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(from.relativize(file).toString()));
      }
    }
    return target;
  }
}
