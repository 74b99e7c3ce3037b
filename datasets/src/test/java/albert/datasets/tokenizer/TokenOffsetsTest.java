package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.TestData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where pieces come from, for each tokenizer. */
final class TokenOffsetsTest {
  private static final String SENTENCEPIECE = "vocab/albert/30k-clean.model";
  private static final String WORDPIECE = "vocab/bert-base-uncased/vocab.txt";
  private static final String JSON = "bundled";

  private static Tokenizer open(String which) {
    return which.equals(JSON)
        ? Tokenizers.bundledBertUncased()
        : Tokenizers.open(TestData.external(which));
  }

  private static List<String> slices(Tokenizer tokenizer, String text) {
    TokenizedText tokenized = tokenizer.encodeWithOffsets(text);
    assertThat(tokenized.ids()).isEqualTo(tokenizer.encode(text));
    List<String> slices = new ArrayList<>();
    int last = 0;
    for (int i = 0; i < tokenized.length(); i++) {
      int start = tokenized.starts()[i];
      int end = tokenized.ends()[i];
      assertThat(start).isBetween(last, text.length());
      assertThat(end).isBetween(start, text.length());
      last = start;
      slices.add(text.substring(start, end));
    }
    return slices;
  }

  @ParameterizedTest
  @ValueSource(strings = {WORDPIECE, JSON})
  void wordPiecesPointToTheirCharacters(String which) {
    try (Tokenizer tokenizer = open(which)) {
      assertThat(slices(tokenizer, "  The Café's\tÉLAN,\u00a0unaffable\u200b! \ud83d\ude00 東京"))
          .containsExactly(
              "The",
              "Café",
              "'",
              "s",
              "ÉL",
              "AN",
              ",",
              "una",
              "ffa",
              "ble",
              "!",
              "\ud83d\ude00",
              "東",
              "京");
      assertThat(slices(tokenizer, "x\u200by e\u0301te\u0301 $5.00-$7"))
          .containsExactly("x", "y", "e\u0301t", "e\u0301", "$", "5", ".", "00", "-", "$", "7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE})
  void sentencePiecesPointToTheirCharacters(String which) {
    try (Tokenizer tokenizer = open(which)) {
      assertThat(slices(tokenizer, "  The Café's  ÉLAN, in 2019, ﬁne"))
          .containsExactly("The", "Café", "'", "s", "ÉL", "AN", ",", "in", "2019", ",", "ﬁne");
      assertThat(String.join("", slices(tokenizer, "e\u0301te\u0301 ½ 東京 가나 Σίσυφος\u00ad")))
          .contains("½", "東京", "가나", "Σίσυφο");
      assertThat(slices(tokenizer, "")).isEmpty();
      assertThat(slices(tokenizer, " \u0301 ")).allMatch(String::isEmpty);
    }
  }

  /** But for a character that stands for several, as ½ does: each of its pieces has all of it. */
  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE, WORDPIECE, JSON})
  void onRealTextNoCharacterIsLostAndNoneIsInTwoPieces(String which) throws IOException {
    try (Tokenizer tokenizer = open(which)) {
      for (String text : contexts()) {
        TokenizedText tokenized = tokenizer.encodeWithOffsets(text);
        int covered = 0;
        StringBuilder lost = new StringBuilder();
        for (int i = 0; i < tokenized.length(); i++) {
          int start = tokenized.starts()[i];
          if (start > covered) {
            lost.append(text, covered, start);
          } else if (start < Math.min(covered, tokenized.ends()[i])) {
            String twice = text.substring(start, Math.min(covered, tokenized.ends()[i]));
            assertThat(twice.codePointCount(0, twice.length())).as(twice).isEqualTo(1);
            assertThat(Normalizer.normalize(twice, Normalizer.Form.NFKD).length())
                .as("%s stands for several", twice)
                .isGreaterThan(twice.length());
          }
          covered = Math.max(covered, tokenized.ends()[i]);
        }
        lost.append(text.substring(covered));
        assertThat(lost.toString().codePoints().filter(Character::isLetterOrDigit)).isEmpty();
        assertThat(slices(tokenizer, text)).noneMatch(slice -> slice.startsWith(" "));
      }
    }
  }

  private static List<String> contexts() throws IOException {
    List<String> contexts = new ArrayList<>();
    JsonNode root =
        new ObjectMapper().readTree(Files.readAllBytes(TestData.external("squad/dev-v1.1.json")));
    for (JsonNode article : root.path("data")) {
      for (JsonNode paragraph : article.path("paragraphs")) {
        contexts.add(paragraph.path("context").asText());
      }
    }
    return contexts;
  }

  @ParameterizedTest
  @ValueSource(strings = {SENTENCEPIECE, WORDPIECE, JSON})
  void anyTextHasPlacesInIt(String which) {
    Random random = new Random(7);
    int[] hard = {
      ' ', 'a', 'I', '.', ',', '5', '\t', 0, 0x301, 0x323, 0x130, 0x3a3, 0xdf, 0xfb01, 0xac00,
      0x1100, 0x1161, 0x4e00, 0x1f600, 0xad, 0x200b, 0x200d, 0xfeff, 0xfffd, 0xd83d, 0xde00, 0xbd,
      0x2581, 0x93f, 0x64b, 0xe33, 0x2126, 0x3000, 0xff21, 0x337f
    };
    try (Tokenizer tokenizer = open(which)) {
      for (int round = 0; round < 500; round++) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
          text.appendCodePoint(hard[random.nextInt(hard.length)]);
        }
        slices(tokenizer, text.toString());
      }
    }
  }
}
