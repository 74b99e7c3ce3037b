package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and files that nobody would write, and every tokenizer meets. */
final class HostileInputTest {
  private static final String SENTENCEPIECE = "vocab/albert/30k-clean.model";
  private static final String WORDPIECE = "vocab/bert-base-uncased/vocab.txt";
  private static final String JSON = "bundled";

  @TempDir Path folder;

  private static Tokenizer open(String which) {
    return which.equals(JSON)
        ? Tokenizers.bundledBertUncased()
        : Tokenizers.open(TestData.external(which));
  }

  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE, WORDPIECE, JSON})
  void textNeverBecomesAControlTokenAndAnyTextIsTaken(String which) {
    try (Tokenizer tokenizer = open(which)) {
      SpecialTokens special = tokenizer.specialTokens();
      int[] controls = {special.cls(), special.sep(), special.pad(), special.mask()};
      for (String text :
          new String[] {
            "[CLS] [SEP][PAD] [MASK] [cls] <pad> <s> </s>",
            "\ud83d lone \ude00 and \ud83d\ude00 paired",
            "nul \0 \ufffe\uffff <pad> \uffff\ufffe[CLS]",
            "\u0301\u0301\u200b\ufeff\u202e",
            ""
          }) {
        int[] ids = tokenizer.encode(text);
        assertThat(ids).doesNotContain(controls);
        assertThat(IntStream.of(ids)).allMatch(id -> id < tokenizer.vocabSize());
        assertThat(tokenizer.encode(text)).isEqualTo(ids);
      }
      assertThat(tokenizer.encode("")).isEmpty();
      assertThat(tokenizer.encode("\ud83d lone")).endsWith(tokenizer.encode("lone"));
      assertThat(tokenizer.encode("x".repeat(1_000_000))).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE, WORDPIECE, JSON})
  void aLongLineHasTheIdsOfItsParts(String which) {
    try (Tokenizer tokenizer = open(which)) {
      String sentence = "In 2019, the naïve café-goer paid $5.00 for supercalifragilistic tea. ";
      int[] once = tokenizer.encode(sentence);
      int[] expected = IntStream.range(0, 2000).flatMap(i -> Arrays.stream(once)).toArray();
      assertThat(tokenizer.encode(sentence.repeat(2000))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE, WORDPIECE, JSON})
  void idsOutOfRangeAndUseAfterCloseThrow(String which) {
    Tokenizer tokenizer = open(which);
    assertThat(tokenizer.id(tokenizer.piece(1234))).hasValue(1234);
    assertThat(tokenizer.id("no such piece")).isEmpty();
    assertThatThrownBy(() -> tokenizer.piece(tokenizer.vocabSize()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tokenizer.piece(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    tokenizer.close();
    tokenizer.close();
    if (!which.equals(WORDPIECE)) {
      assertThatThrownBy(() -> tokenizer.encode("a")).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.model", "vocab.txt", "tokenizer.json"})
  void malformedFilesAreNamed(String name) throws IOException {
    Path file = folder.resolve(name);
    for (byte[] content :
        new byte[][] {
          {},
          "{}".getBytes(StandardCharsets.UTF_8),
          "{\"model\": {\"vocab\": {\"a\": 0}}}".getBytes(StandardCharsets.UTF_8),
          {10, 3, 10, 1, 97},
          {(byte) 0xff, (byte) 0xfe, 0, 1, 2},
          "no vocabulary\nat all\n".getBytes(StandardCharsets.UTF_8)
        }) {
      Files.write(file, content);
      assertThatThrownBy(() -> Tokenizers.open(file))
          .isInstanceOf(DataFormatException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void aModelCutOffAnywhereIsRefused() throws IOException {
    byte[] model = Files.readAllBytes(TestData.external(SENTENCEPIECE));
    Path file = folder.resolve("cut.model");
    for (int length : new int[] {1, 100, 4_001, 300_007, model.length - 1}) {
      Files.write(file, Arrays.copyOf(model, length));
      assertThatThrownBy(() -> Tokenizers.open(file)).isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void aTokenizerJsonNeedsIdsWithoutGapsAndAModelThatTheLibraryKnows() throws IOException {
    String pieces = "\"[PAD]\":0,\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3,\"[MASK]\":4,\"a\":%d";
    Path file = folder.resolve("tokenizer.json");
    String json = "{\"model\":{\"type\":\"%s\",\"vocab\":{" + pieces + "}}}";
    Files.writeString(file, String.format(Locale.ROOT, json, "WordPiece", 9));
    assertThatThrownBy(() -> Tokenizers.open(file)).hasMessageContaining("gaps");
    Files.writeString(file, String.format(Locale.ROOT, json, "Nonsense", 5));
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("does not take it");
    assertThatThrownBy(() -> Tokenizers.open(folder.resolve("vocab.bin")))
        .hasMessageContaining("expected *.model");
  }
}
