package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.training.pretraining.SmallCorpus;
import albert.model.head.MaskedLmHead;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.EvaluationModel;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict} with pretrained models. */
final class FillMaskTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  @TempDir private Path folder;

  /** A golden model with a vocabulary in which {@code w7} is the piece of the id 7. */
  private Path model(String name) throws IOException {
    Path golden = Path.of("../model/src/test/resources/golden/hf", name);
    Path model = Files.createDirectory(folder.resolve(name));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(golden.resolve(file), model.resolve(file));
    }
    JsonNode config = JSON.readTree(golden.resolve("config.json").toFile());
    List<String> pieces = new ArrayList<>(SPECIAL);
    while (pieces.size() < config.get("vocab_size").asInt()) {
      pieces.add("w" + pieces.size());
    }
    Files.write(model.resolve("vocab.txt"), pieces);
    return model;
  }

  private Cli predict(Path model, List<String> texts, String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(JSON.writeValueAsString(Map.of("text", text)));
    }
    return predictLines(model, lines, more);
  }

  private Cli predictLines(Path model, List<String> lines, String... more) throws IOException {
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    List<String> arguments =
        new ArrayList<>(List.of("predict", "--model", model.toString(), "--input", input + ""));
    arguments.addAll(List.of("--precision", "float32"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** Log probabilities of a sequence's masks, one text at a time, by the model that trains. */
  private static float[] logProbs(EvaluationModel model, int[] ids) {
    int[] positions = IntStream.range(0, ids.length).filter(i -> ids[i] == 4).toArray();
    int[] ones = new int[ids.length];
    Arrays.fill(ones, 1);
    Map<String, HostTensor> feed = new TreeMap<>();
    feed.put(EncoderInputs.INPUT_IDS, IntTensor.of(ids, 1, ids.length));
    feed.put(EncoderInputs.ATTENTION_MASK, IntTensor.of(ones, 1, ids.length));
    feed.put(EncoderInputs.TOKEN_TYPE_IDS, IntTensor.of(new int[ids.length], 1, ids.length));
    feed.put(MaskedLmHead.POSITIONS, IntTensor.of(positions, 1, positions.length));
    return Objects.requireNonNull(
            model.predict(feed, List.of(MaskedLmHead.LOG_PROBS)).get(MaskedLmHead.LOG_PROBS))
        .values();
  }

  @ParameterizedTest
  @ValueSource(strings = {"albert-pretraining", "bert-pretraining"})
  void theLikeliestAreThoseOfTheModelWhateverStandsBeside(String name) throws IOException {
    Path directory = model(name);
    List<int[]> sequences =
        List.of(
            new int[] {2, 50, 51, 4, 52, 3},
            new int[] {2, 4, 60, 3},
            new int[] {2, 61, 62, 63, 64, 65, 66, 4, 3},
            new int[] {2, 4, 70, 4, 4, 71, 3},
            new int[] {2, 4, 3});
    List<String> texts =
        List.of(
            "w50 w51 [MASK] w52",
            "[MASK]w60",
            "w61 w62 w63 w64 w65 w66[MASK]",
            "[MASK] w70 [MASK][MASK] w71",
            "[MASK]");
    Cli cli = predict(directory, texts, "--top", "7");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    List<String> out = cli.out().lines().toList();
    LoadedModel read = ModelDirectory.read(directory);
    int vocabSize = read.config().vocabSize();
    try (EvaluationModel model =
        EvaluationModel.of(
            read.config(),
            List.of(new MaskedLmHead()),
            read.weights(),
            RuntimeOptions.reproducible())) {
      for (int i = 0; i < texts.size(); i++) {
        float[] expected = logProbs(model, sequences.get(i));
        JsonNode masks = JSON.readTree(out.get(i)).get("predictions");
        assertThat(masks).hasSize(expected.length / vocabSize);
        for (int mask = 0; mask < masks.size(); mask++) {
          assertBest(masks.get(mask), expected, mask * vocabSize, vocabSize);
        }
        assertThat(masks.get(0).get(0).get("sequence").isNull()).isEqualTo(masks.size() > 1);
      }
    }
    JsonNode first = JSON.readTree(out.get(0)).get("predictions").get(0).get(0);
    assertThat(first.get("sequence").asText())
        .isEqualTo("w50 w51 " + first.get("token").asText() + " w52");
  }

  private static void assertBest(JsonNode fillings, float[] logProbs, int from, int vocabSize) {
    float[] sorted = Arrays.copyOfRange(logProbs, from, from + vocabSize);
    Arrays.sort(sorted);
    assertThat(fillings).hasSize(7);
    for (int i = 0; i < 7; i++) {
      int id = fillings.get(i).get("id").asInt();
      double probability = fillings.get(i).get("probability").asDouble();
      assertThat(fillings.get(i).get("token").asText())
          .isEqualTo(id < SPECIAL.size() ? SPECIAL.get(id) : "w" + id);
      assertThat(probability).isCloseTo(Math.exp(logProbs[from + id]), within(1e-5));
      assertThat(probability).isCloseTo(Math.exp(sorted[vocabSize - 1 - i]), within(1e-5));
    }
  }

  @Test
  void otherKeysAreHandedThroughAndFiveIsTheDefault() throws IOException {
    Path model = model("bert-pretraining");
    Cli cli =
        predictLines(
            model, List.of("{\"id\": 9, \"text\": \"[MASK]\", \"predictions\": \"mine\"}"));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out())
        .startsWith("{\"id\":9,\"input_predictions\":\"mine\",\"predictions\":[[{");
    assertThat(JSON.readTree(cli.out()).get("predictions").get(0)).hasSize(5);
  }

  @Test
  void whatCanNotBeFilledIsSaidInALine() throws IOException {
    Path model = model("bert-pretraining");
    assertRefused(
        predict(model, List.of("[MASK]", "no mask")),
        "in.jsonl, line 2: has no [MASK] in its text");
    assertRefused(
        predict(model, List.of("w50 w51 w52 [MASK]"), "--max-seq-length", "4"),
        "line 1: a [MASK] is token 4 of the text, but it is cut to 2 tokens");
    assertRefused(predict(model, List.of("[MASK]"), "--top", "0"), "--top is 0, allowed are 1 to");
    assertRefused(predict(model, List.of("[MASK]"), "--top", "999"), "vocab_size 103");
    assertRefused(
        predict(model, List.of("[MASK]"), "--doc-stride", "9"),
        "--doc-stride is not for models with the head pretraining");
    assertRefused(predictLines(model, List.of("{\"txt\": \"[MASK]\"}")), "line 1: has no key text");
    Cli cut = predict(model, List.of("[MASK] w51 w52 w53 w54"), "--max-seq-length", "4");
    assertThat(cut.status()).isZero();
    assertThat(cut.err()).isEqualTo("albert: 1 of 1 texts were cut to 4 pieces\n");
    Files.delete(model.resolve("vocab.txt"));
    assertRefused(predict(model, List.of("[MASK]")), "has no tokenizer");
    Path encoder = TinyCheckpoint.write(folder.resolve("encoder"), 1);
    assertRefused(
        predict(encoder, List.of("[MASK]")),
        "has the head none, needed is one of classification, multi_label_classification, regression",
        "sentence_scoring, pretraining or masked_lm, as finetune or pretrain leaves it");
  }

  @Test
  void topIsForPretrainedModels() throws IOException {
    assertRefused(
        predict(model("bert-classification"), List.of("w9"), "--top", "3"),
        "--top is for pretrained models, which fill masks; ");
  }

  @Test
  void anOutputThatOverflowsNamesTheLineAndKeepsWhatCameBefore() throws IOException {
    LoadedModel read = ModelDirectory.read(model("bert-pretraining"));
    int size = read.config().embeddingSize();
    weights(read, "word_embeddings")[50 * size] = 3e38f;
    weights(read, "token_type_embeddings")[0] = 1e38f;
    Path broken = folder.resolve("broken");
    CheckpointDirectory.write(broken, read);
    Cli cli = predict(broken, List.of("[MASK] w9", "w51 w50 [MASK]", "[MASK]"));
    assertThat(cli.err()).contains("in.jsonl, line 2: the model's output is NaN or infinite");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(1);
  }

  private static float[] weights(LoadedModel model, String table) {
    return Objects.requireNonNull(model.weights().get("bert/embeddings/" + table)).values();
  }

  /** More masks than are computed at once, in texts of several lengths. */
  @Test
  void manyMasksAreFilledInTheirOrder() throws IOException {
    Path model = model("albert-pretraining");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("[MASK] ".repeat(1 + i * 7 % 30) + "w" + (50 + i));
    }
    Cli all = predict(model, texts, "--top", "1");
    assertThat(all.status()).as(all.err()).isZero();
    List<String> out = all.out().lines().toList();
    assertThat(out).hasSize(40);
    for (int i = 0; i < 40; i++) {
      JsonNode masks = JSON.readTree(out.get(i)).get("predictions");
      assertThat(masks).hasSize(1 + i * 7 % 30);
      if (i % 13 == 0) {
        JsonNode alone =
            JSON.readTree(predict(model, List.of(texts.get(i)), "--top", "1").out())
                .get("predictions");
        for (int mask = 0; mask < masks.size(); mask++) {
          assertThat(masks.get(mask).get(0).get("probability").asDouble())
              .isCloseTo(alone.get(mask).get(0).get("probability").asDouble(), within(1e-5));
        }
      }
    }
  }

  @Test
  void whatPretrainLeavesFillsMasks() throws IOException {
    Path config = folder.resolve("config.yaml");
    StringBuilder text = new StringBuilder();
    SmallCorpus.settings("max_steps", "2")
        .values()
        .forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Files.writeString(config, text);
    Path output = folder.resolve("pretrained");
    Cli trained =
        Cli.run(
            "pretrain",
            "--corpus",
            SmallCorpus.write(folder.resolve("corpus")).toString(),
            "--config",
            config.toString(),
            "--output",
            output.toString());
    assertThat(trained.status()).as(trained.err()).isZero();
    Cli cli = predict(output, List.of("Chapter 3 has a [MASK] number 4."), "--top", "2");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode fillings = JSON.readTree(cli.out()).get("predictions").get(0);
    assertThat(fillings).hasSize(2);
    assertThat(fillings.get(0).get("sequence").asText())
        .startsWith("Chapter 3 has a")
        .endsWith(" number 4.");
  }

  private static void assertRefused(Cli cli, String... words) {
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(2);
  }
}
