package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.training.pretraining.SmallCorpus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code albert pretrain} as a terminal sees it. */
final class PretrainCommandTest {
  @TempDir private Path folder;

  private Cli pretrain(Path corpus, String... more) throws IOException {
    Path config = folder.resolve("config.yaml");
    StringBuilder text = new StringBuilder();
    SmallCorpus.settings("max_steps", "2")
        .values()
        .forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Files.writeString(config, text);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--corpus",
                corpus.toString(),
                "--config",
                config.toString(),
                "--output",
                folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void printsOneJsonValueAndGoesOnOnlyWhenTold() throws IOException {
    Path corpus = SmallCorpus.write(folder.resolve("corpus"));
    Cli cli = pretrain(corpus, "--json", "--seed", "4");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(cli.out()).get("result");
    assertThat(result.get("steps").intValue()).isEqualTo(2);
    assertThat(result.get("intrinsic").get("SENTENCE_ORDER").get("examples").intValue())
        .isEqualTo(16);
    Cli again = pretrain(corpus, "--seed", "4");
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("already has a training: --resume continues it");
    Cli resumed = pretrain(corpus, "--seed", "4", "--resume", "--devices", "2");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("2 steps, ", "held-out next_sentence ");
  }

  @Test
  void refusesConfigurationsInOneLine() throws IOException {
    Path corpus = SmallCorpus.write(folder.resolve("corpus"));
    assertRefused(pretrain(corpus, "--max-ngram", "0"), "max_ngram is 0, allowed are 1 to 100");
    assertRefused(
        pretrain(corpus, "--vocab-size", "30000"),
        "vocab_size is 30000, but the tokenizer has 30522 pieces: they must be the same in option"
            + " --vocab-size");
    assertRefused(
        pretrain(corpus, "--max-position-embeddings", "16"),
        "max_seq_length is 32, allowed are 1 to max_position_embeddings 16");
    Path config = Files.writeString(folder.resolve("other.yaml"), "objectiv: none\n");
    assertRefused(
        Cli.run(
            "pretrain",
            "--corpus",
            corpus.toString(),
            "--config",
            config.toString(),
            "--output",
            folder.resolve("out").toString()),
        "unknown key 'objectiv'");
    assertThat(folder.resolve("out/model.safetensors")).doesNotExist();
  }

  @Test
  void refusesCorporaThatAreNone() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    assertRefused(pretrain(corpus), "the corpus is empty");
    Path text = corpus.resolve("text.txt");
    Files.writeString(text, "alone\n\n".repeat(20));
    assertRefused(
        pretrain(corpus, "--resume"), "no document has two sentences, objective sentence_order");
    Files.writeString(text, "one\ntwo\nthree\n");
    assertRefused(
        pretrain(corpus, "--resume"), "more documents are needed, or held_out_proportion 0");
    assertRefused(
        pretrain(corpus, "--resume", "--held-out-proportion", "0", "--objective", "next_sentence"),
        "there is one document to train on, objective next_sentence needs two");
    Files.write(text, new byte[] {'a', (byte) 0xff, 'b'});
    assertRefused(pretrain(corpus, "--resume"), "byte 0xff at byte 1 is not UTF-8");
    Files.write(text, new byte[] {'a', 0, 'b'});
    assertRefused(pretrain(corpus, "--resume"), "a NUL at byte 1, so it is no text file");
  }

  @Test
  void trainsOnTheTfRecordFilesThatItWrites() throws IOException {
    Path corpus = SmallCorpus.write(folder.resolve("corpus"));
    Path records = Files.createDirectories(folder.resolve("records"));
    for (String file : List.of("a.tfrecord.gz", "b.tfrecord")) {
      Cli written = pretrain(corpus, "--write-examples", records.resolve(file).toString());
      assertThat(written.status()).as(written.err()).isZero();
    }
    Cli cli = pretrain(records, "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(cli.out()).get("result");
    assertThat(result.get("intrinsic").get("SENTENCE_ORDER").get("examples").intValue())
        .isEqualTo(16);
    assertRefused(
        pretrain(records, "--resume", "--max-seq-length", "16"), "allowed are max_seq_length 16");
  }

  private static void assertRefused(Cli cli, String words) {
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(2);
  }
}
