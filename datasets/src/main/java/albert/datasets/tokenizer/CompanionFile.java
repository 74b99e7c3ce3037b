package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object beside a tokenizer; every complaint names file and key. A file that is not there is
 * an object without keys.
 */
final class CompanionFile {
  private static final int LONGEST_QUOTE = 120;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final JsonNode node;
  private final boolean there;

  private CompanionFile(Path file, JsonNode node, boolean there) {
    this.file = file;
    this.node = node;
    this.there = there;
  }

  /**
   * Reads it, if it is there.
   *
   * @throws DataFormatException if it is not a JSON object
   */
  static CompanionFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new CompanionFile(file, JsonNodeFactory.instance.objectNode(), false);
    }
    try {
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (!node.isObject()) {
        throw new DataFormatException(file.toString(), "it is not a JSON object");
      }
      return new CompanionFile(file, node, true);
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          file.toString(), JsonProblem.line(e), "it is not JSON: " + JsonProblem.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isThere() {
    return there;
  }

  /** Whether the key is there with a value other than null. */
  boolean has(String key) {
    return node.hasNonNull(key);
  }

  Iterable<Map.Entry<String, JsonNode>> entries() {
    return node.properties();
  }

  JsonNode value(String key) {
    return node.path(key);
  }

  Optional<Boolean> flag(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isBoolean()) {
      throw problem(key, "true or false");
    }
    return Optional.of(node.get(key).booleanValue());
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isTextual()) {
      throw problem(key, "a text");
    }
    return Optional.of(node.get(key).textValue());
  }

  /** A special token: its text, or an object with text and flags. */
  Optional<AddedToken> token(String key) {
    return has(key) ? Optional.of(token(key, node.get(key))) : Optional.empty();
  }

  /** Special tokens in a list, or in an object by names of their own. */
  List<AddedToken> tokens(String key) {
    JsonNode value = node.path(key);
    if (!value.isArray() && !value.isObject()) {
      throw problem(key, "a list of tokens");
    }
    List<AddedToken> tokens = new ArrayList<>();
    value.forEach(token -> tokens.add(token(key, token)));
    return tokens;
  }

  private AddedToken token(String key, JsonNode value) {
    return value.isTextual() && !value.textValue().isEmpty()
        ? AddedToken.special(value.textValue())
        : token(key, value, true);
  }

  /**
   * A token that is an object.
   *
   * @param special what it is where the object does not say
   */
  AddedToken token(String key, JsonNode value, boolean special) {
    if (!value.isObject() || value.path("content").asText().isEmpty()) {
      throw problem(key, "a token: a text that is not empty, or an object with content");
    }
    boolean control = flag(key, value, "special", special);
    return new AddedToken(
        value.path("content").asText(),
        control,
        flag(key, value, "normalized", !control),
        flag(key, value, "lstrip", false),
        flag(key, value, "rstrip", false),
        flag(key, value, "single_word", false));
  }

  private boolean flag(String key, JsonNode token, String name, boolean otherwise) {
    JsonNode value = token.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw problem(key + "." + name, value, "true or false");
    }
    return value.booleanValue();
  }

  /** A complaint about a key's value. */
  DataFormatException problem(String key, String allowed) {
    return problem(key, node.path(key), allowed);
  }

  private DataFormatException problem(String key, JsonNode found, String allowed) {
    String text = found.toString();
    String quoted =
        text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "\u2026" : text;
    return new DataFormatException(
        file.toString(),
        String.format(Locale.ROOT, "%s is %s, allowed is %s", key, quoted, allowed));
  }

  /** A complaint in words of its own. */
  DataFormatException problem(String words) {
    return new DataFormatException(file.toString(), words);
  }
}
