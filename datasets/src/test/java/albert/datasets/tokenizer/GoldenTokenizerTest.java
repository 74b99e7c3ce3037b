package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import albert.datasets.TestData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every line of {@code tokenizers.jsonl}, to the last id. */
@Tag("golden")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenTokenizerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private @Nullable Tokenizer albert;
  private @Nullable Tokenizer bert;

  @AfterAll
  void close() {
    if (albert != null) {
      albert.close();
    }
    if (bert != null) {
      bert.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> tokenizers() throws IOException {
    List<JsonNode> cases = cases();
    assertThat(cases).as("cases in tokenizers.jsonl").isNotEmpty();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode line : cases) {
      tests.add(dynamicTest("tokenizers.jsonl line " + (tests.size() + 1), () -> check(line)));
    }
    return tests.stream();
  }

  private void check(JsonNode line) {
    if (albert == null || bert == null) {
      albert = Tokenizers.open(TestData.external("vocab/albert/30k-clean.model"));
      bert = Tokenizers.open(TestData.external("vocab/bert-base-uncased/vocab.txt"));
    }
    String text = line.get("text").asText();
    assertThat(bert.encode(text)).as("bert_ids").containsExactly(ids(line.get("bert_ids")));
    assertThat(albert.encode(text)).as("albert_ids").containsExactly(ids(line.get("albert_ids")));
  }

  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    String all = Files.readString(TestData.golden("tokenizers.jsonl"), StandardCharsets.UTF_8);
    for (Iterator<String> lines = all.lines().iterator(); lines.hasNext(); ) {
      cases.add(MAPPER.readTree(lines.next()));
    }
    return cases;
  }

  private static int[] ids(JsonNode array) {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = array.get(i).intValue();
    }
    return ids;
  }
}
