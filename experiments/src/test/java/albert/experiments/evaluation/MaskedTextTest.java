package albert.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.InputException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with masks as ids, and what stands in their place. */
final class MaskedTextTest {
  private static final List<String> TEXTS =
      List.of(
          "Paris is the [MASK] of France.",
          "[MASK] is the capital of France.",
          "The capital of France is [MASK]",
          "The capital of France is [MASK].",
          "[MASK][MASK] and [MASK] [MASK]",
          "  [MASK]  ",
          "Is (the [MASK]) [MASK] here?",
          "un[MASK]able, or re[MASK]",
          "the [MASK], he said, [MASK]'s");

  /** How many texts Google's code and Hugging Face's cut alike where a mask ends. */
  private static final int ALIKE = 6;

  private static Tokenizer bert;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    bert = Tokenizers.bundledBertUncased();
  }

  @AfterAll
  static void close() {
    bert.close();
  }

  private static JsonLine line(String text) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("text", text);
    return new JsonLine("in.jsonl", 3, object, "{\"text\": …}");
  }

  private static void assertAsHuggingFace(Tokenizer own, Path file, List<String> texts) {
    SpecialTokens special = own.specialTokens();
    try (Tokenizer library = Tokenizers.open(file, true)) {
      for (String text : texts) {
        MaskedText masked = MaskedText.read(line(text), own, 32);
        IntStream expected =
            IntStream.concat(
                IntStream.concat(IntStream.of(special.cls()), IntStream.of(library.encode(text))),
                IntStream.of(special.sep()));
        assertThat(masked.ids()).as(text).isEqualTo(expected.toArray());
        assertThat(masked.positions())
            .as(text)
            .isEqualTo(
                IntStream.range(0, masked.ids().length)
                    .filter(i -> masked.ids()[i] == special.mask())
                    .toArray())
            .isNotEmpty();
      }
    }
  }

  @Test
  void wordPiecesAreThoseOfHuggingFace() {
    assertAsHuggingFace(bert, Tokenizers.bundledBertUncasedFile(), TEXTS);
  }

  private static Path albert() {
    String data = System.getenv("ALBERT_DATA");
    assumeThat(data).as("needs vocab/albert: set ALBERT_DATA to the data folder").isNotNull();
    return Path.of(data, "vocab/albert/30k-clean.model");
  }

  private static List<String> pieces(String text, Tokenizer tokenizer) {
    int[] ids = MaskedText.read(line(text), tokenizer, 32).ids();
    return IntStream.of(ids).mapToObj(tokenizer::piece).toList();
  }

  @Test
  void piecesOfAHuggingFaceDirectoryAreThoseOfHuggingFace() throws IOException {
    Path file = Files.copy(albert(), folder.resolve("spiece.model"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"AlbertTokenizer\"}");
    try (Tokenizer own = Tokenizers.open(file)) {
      assertAsHuggingFace(own, file, TEXTS);
    }
  }

  /** The pieces that Google's pretraining would have, had it masked a piece there. */
  @Test
  void noWordBeginsBehindAMaskByGooglesRules() {
    try (Tokenizer own = Tokenizers.open(albert())) {
      assertAsHuggingFace(own, albert(), TEXTS.subList(0, ALIKE));
      assertThat(pieces("un[MASK]able, or re[MASK]", own))
          .containsExactly("[CLS]", "▁un", "[MASK]", "able", ",", "▁or", "▁re", "[MASK]", "[SEP]");
      assertThat(pieces("the [MASK], he said, [MASK]'s", own))
          .containsExactly(
              "[CLS]", "▁the", "[MASK]", ",", "▁he", "▁said", ",", "[MASK]", "'", "s", "[SEP]");
      assertThat(pieces("Paris is the [MASK] of [CLS].", own))
          .as("other control tokens stay text")
          .startsWith("[CLS]", "▁paris", "▁is", "▁the", "[MASK]", "▁of", "▁[")
          .containsOnlyOnce("[CLS]");
    }
  }

  @Test
  void aLineWithoutAMaskIsNamed() {
    for (String text : List.of("no mask", "[MASK", "[mask]", "")) {
      assertThatThrownBy(() -> MaskedText.read(line(text), bert, 32))
          .isInstanceOf(DataFormatException.class)
          .hasMessage("in.jsonl, line 3: has no [MASK] in its text, needed is at least one");
    }
    JsonLine pair = line("a [MASK]");
    ((ObjectNode) pair.object()).put("pair", "b");
    assertThatThrownBy(() -> MaskedText.read(pair, bert, 32))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("line 3: has a pair");
  }

  @Test
  void aTextIsCutBehindItsLastMaskAndNeverAtOne() {
    String text = "the [MASK] of a dog";
    MaskedText whole = MaskedText.read(line(text), bert, 7);
    assertThat(whole.isCut()).isFalse();
    MaskedText cut = MaskedText.read(line(text), bert, 4);
    assertThat(cut.isCut()).isTrue();
    assertThat(cut.ids()).containsExactly(101, 1996, 103, 102);
    assertThat(cut.sequence().tokenTypeIds()).containsOnly(0);
    for (int longest : new int[] {1, 2, 3}) {
      assertThatThrownBy(() -> MaskedText.read(line(text), bert, longest))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("in.jsonl, line 3: a [MASK] is token 2 of the text, but it is cut")
          .hasMessageContaining("max_seq_length " + longest);
    }
  }

  @Test
  void aPieceStandsInTheTextAsItIsSpelt() {
    MaskedText text = MaskedText.read(line("A play [MASK], Ida!"), bert, 32);
    assertThat(text.filled("ends", false)).isEqualTo("A play ends, Ida!");
    assertThat(text.filled("##ing", false)).isEqualTo("A playing, Ida!");
    assertThat(text.filled("▁ends", true)).isEqualTo("A play ends, Ida!");
    assertThat(text.filled("ing", true)).isEqualTo("A playing, Ida!");
  }

  /** The logits that Hugging Face computes, and probabilities from them. */
  @ParameterizedTest
  @ValueSource(strings = {"albert-pretraining", "bert-pretraining"})
  void probabilitiesAreTheSoftmaxOfGoldenLogits(String name) {
    Path golden = Path.of("../model/src/test/resources/golden/hf", name, "forward.safetensors");
    FloatTensor logits = (FloatTensor) Safetensors.open(golden).read("out.prediction_logits");
    int vocabSize = (int) logits.shape()[2];
    MaskedText text = MaskedText.read(line("[MASK] and [MASK]"), bert, 32);
    int from = 7 * vocabSize;
    MaskFilling.Line found =
        MaskFilling.of(text, bert, logits.values(), from, vocabSize, vocabSize);
    assertThat(found.predictions()).hasSize(2);
    for (int mask = 0; mask < 2; mask++) {
      int start = from + mask * vocabSize;
      double sum =
          IntStream.range(0, vocabSize)
              .mapToDouble(i -> Math.exp(logits.values()[start + i]))
              .sum();
      List<MaskFilling> fillings = found.predictions().get(mask);
      assertThat(fillings).hasSize(vocabSize);
      double all = 0;
      for (int i = 0; i < vocabSize; i++) {
        MaskFilling filling = fillings.get(i);
        assertThat(filling.probability())
            .isCloseTo(Math.exp(logits.values()[start + filling.id()]) / sum, within(1e-12));
        assertThat(filling.token()).isEqualTo(bert.piece(filling.id()));
        assertThat(filling.sequence()).as("of several masks").isNull();
        assertThat(i == 0 || fillings.get(i - 1).probability() >= filling.probability()).isTrue();
        all += filling.probability();
      }
      assertThat(all).isCloseTo(1, within(1e-9));
    }
  }
}
