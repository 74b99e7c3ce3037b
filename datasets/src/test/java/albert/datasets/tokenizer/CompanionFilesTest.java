package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files beside a tokenizer, against what transformers makes of them. */
final class CompanionFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** The folders of {@code companions/expected.py}, which says how they were made. */
  @TestFactory
  Stream<DynamicTest> idsAreThoseOfTransformers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(resource("expected.jsonl"))) {
      JsonNode expected = JSON.readTree(line);
      tests.add(
          DynamicTest.dynamicTest(expected.path("name").asText(), () -> assertSame(expected)));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  private void assertSame(JsonNode expected) throws IOException {
    Path own = Files.createTempDirectory(folder, "case");
    for (Map.Entry<String, JsonNode> file : expected.path("files").properties()) {
      if (file.getValue().isBoolean()) {
        Files.copy(resource(file.getKey()), own.resolve(file.getKey()));
      } else {
        Files.writeString(own.resolve(file.getKey()), file.getValue().toString());
      }
    }
    String text = expected.path("text").asText();
    assertThat(withSpecial(own, text, false)).isEqualTo(ids(expected.path("ids")));
    assertThat(withSpecial(own, text, true)).isEqualTo(ids(expected.path("special_in_text_ids")));
  }

  private static int[] withSpecial(Path folder, String text, boolean specialInText) {
    try (Tokenizer tokenizer = Tokenizers.open(folder, specialInText)) {
      SpecialTokens special = tokenizer.specialTokens();
      int[] ids = tokenizer.encode(text);
      assertThat(tokenizer.encodeWithOffsets(text).ids()).isEqualTo(ids);
      return IntStream.concat(
              IntStream.concat(IntStream.of(special.cls()), IntStream.of(ids)),
              IntStream.of(special.sep()))
          .toArray();
    }
  }

  private static int[] ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer_config.json|{\"tokenizer_class\":\"RobertaTokenizer\"}|tokenizer_class",
        "config.json|{\"tokenizer_class\":\"BertJapaneseTokenizer\"}|tokenizer_class",
        "tokenizer_config.json|{\"tokenizer_class\":\"AlbertTokenizer\"}|tokenizer_class",
        "tokenizer_config.json|{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}|tokenizer_class",
        "tokenizer_config.json|{\"do_lower_case\":\"no\"}|do_lower_case is \"no\", allowed is true",
        "tokenizer_config.json|{\"strip_accents\":1}|strip_accents is 1, allowed is true or false",
        "tokenizer_config.json|{\"do_basic_tokenize\":false}|do_basic_tokenize is false",
        "tokenizer_config.json|{\"never_split\":[\"DOG\"]}|never_split is [\"DOG\"]",
        "tokenizer_config.json|{\"auto_map\":{\"AutoTokenizer\":[\"a.B\",null]}}|auto_map",
        "tokenizer_config.json|{\"max_input_chars_per_word\":200}|max_input_chars_per_word is 200",
        "tokenizer_config.json|{\"cls_token\":7}|cls_token is 7, allowed is a token",
        "tokenizer_config.json|{\"added_tokens_decoder\":{\"x\":{}}}|added_tokens_decoder has the id",
        "tokenizer_config.json|{\"added_tokens_decoder\":{\"999\":{\"content\":\"<e>\"}}}|'<e>' has"
            + " the id 999",
        "tokenizer_config.json|[]|it is not a JSON object",
        "tokenizer_config.json|{\"a\":|line 1: it is not JSON: it ends before all that was opened is closed",
        "added_tokens.json|{\"<e>\":190}|the added token '<e>' has the id 190",
        "added_tokens.json|{\"<e>\":\"x\"}|<e> is \"x\", allowed is a token with its id",
        "added_tokens.json|{\"<e>\":183,\"<f>\":183}|'<e>' and '<f>' have the id 183",
        "special_tokens_map.json|{\"sep_token\":[]}|sep_token is []",
      })
  void whatIsNotSupportedIsRefusedByName(String name, String content, String message)
      throws IOException {
    Files.copy(resource("vocab.txt"), folder.resolve("vocab.txt"));
    Files.writeString(folder.resolve(name), content);
    assertThatThrownBy(() -> Tokenizers.open(folder).close())
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith(folder.toString());
  }

  @Test
  void whatIsGuessedIsSaid() throws IOException {
    Files.copy(resource("vocab.txt"), folder.resolve("vocab.txt"));
    try (Tokenizer tokenizer = Tokenizers.open(folder.resolve("vocab.txt"))) {
      assertThat(tokenizer.notes())
          .containsExactly(
              "casing is guessed from the vocabulary: uncased; tokenizer_config.json with"
                  + " do_lower_case decides");
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
    try (Tokenizer tokenizer = Tokenizers.open(folder.resolve("vocab.txt"))) {
      assertThat(tokenizer.notes()).isEmpty();
    }
  }

  @Test
  void specialTokensThatStayTextAreSaid() throws IOException {
    Files.copy(resource("vocab.txt"), folder.resolve("vocab.txt"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"do_lower_case\": true, \"additional_special_tokens\": [\"[E1]\", \"[E2]\"]}");
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      assertThat(tokenizer.notes())
          .singleElement()
          .asString()
          .startsWith("[E1], [E2] in text stay text")
          .contains("--special-in-text");
    }
    try (Tokenizer tokenizer = Tokenizers.open(folder, true)) {
      assertThat(tokenizer.notes()).isEmpty();
    }
  }

  @Test
  void theFingerprintIsOverAllThatDecidesIds() throws IOException {
    Path vocabulary = Files.copy(resource("vocab.txt"), folder.resolve("vocab.txt"));
    Path config = folder.resolve("tokenizer_config.json");
    String alone = fingerprint(vocabulary, false);
    assertThat(Tokenizers.companionsFingerprint(vocabulary)).isEmpty();
    Files.writeString(config, "{\"do_lower_case\": true}");
    String lower = fingerprint(vocabulary, false);
    Files.writeString(config, "{\"do_lower_case\": true, \"model_max_length\": 512}");
    assertThat(fingerprint(vocabulary, false)).isEqualTo(lower);
    Files.writeString(config, "{\"do_lower_case\": false}");
    String cased = fingerprint(vocabulary, false);
    assertThat(Tokenizers.companionsFingerprint(vocabulary)).contains(cased);
    Files.writeString(config, "{\"do_lower_case\": false, \"cls_token\": \"all\"}");
    String renamed = fingerprint(vocabulary, false);
    assertThat(List.of(alone, lower, cased, renamed, fingerprint(vocabulary, true)))
        .doesNotHaveDuplicates();
  }

  private static String fingerprint(Path file, boolean specialInText) {
    try (Tokenizer tokenizer = Tokenizers.open(file, specialInText)) {
      return tokenizer.fingerprint();
    }
  }

  @Test
  void whatIsWrittenForGooglesFilesKeepsTheirIds() throws IOException {
    for (String name : List.of("vocab.txt", "spiece.model", "tokenizer.json")) {
      Path source = Files.createDirectory(folder.resolve("from " + name));
      Path target = folder.resolve("to " + name);
      Path file = Files.copy(resource(name), source.resolve(name));
      assertThat(TokenizerConfigFile.complete(file, target)).isTrue();
      Path copy = Files.copy(file, target.resolve(name));
      assertThat(Tokenizers.companionsFingerprint(copy)).isEmpty();
      assertThat(fingerprint(copy, false)).isEqualTo(fingerprint(file, false));
      assertThat(TokenizerConfigFile.complete(copy, folder.resolve("again"))).isFalse();
      try (Tokenizer tokenizer = Tokenizers.open(copy)) {
        assertThat(tokenizer.notes()).noneMatch(note -> note.contains("guessed"));
      }
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(CompanionFilesTest.class.getResource("/companions/" + name))
              .toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
