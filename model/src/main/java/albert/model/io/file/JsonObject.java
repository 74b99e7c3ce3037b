package albert.model.io.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON object from a file that is not trusted; every complaint names file and key. */
public final class JsonObject {
  private static final long LONGEST_FILE = 64 << 20;
  // nesting and number lengths are limited by the library's defaults
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final JsonNode node;

  private JsonObject(Path file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  /**
   * Reads a file.
   *
   * @throws ModelFileException if it is no JSON object
   */
  public static JsonObject read(Path file) {
    byte[] bytes = bytes(file);
    try {
      return new JsonObject(file, MAPPER.readTree(bytes)).checkObject("it");
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(file, "", e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  /**
   * The content of a file.
   *
   * @throws ModelFileException if it can't be read or is absurdly long
   */
  public static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new ModelFileException(
            file,
            String.format(
                Locale.ROOT, "has %d bytes, allowed are %d", Files.size(file), LONGEST_FILE));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The keys with their values. */
  public Set<Map.Entry<String, JsonNode>> entries() {
    return node.properties();
  }

  /** Whether the key is there with a value other than null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** A whole number, or the other where the key is absent. */
  public int integer(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.get(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw problem(key, value, "a whole number");
    }
    return value.intValue();
  }

  /** A number, or the other where the key is absent. */
  public double number(String key, double otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.get(key);
    if (!value.isNumber()) {
      throw problem(key, value, "a number");
    }
    return value.doubleValue();
  }

  /** True or false, or the other where the key is absent. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.get(key);
    if (!value.isBoolean()) {
      throw problem(key, value, "true or false");
    }
    return value.booleanValue();
  }

  /** A text, if the key is there. */
  public Optional<String> text(String key) {
    return text(key, key);
  }

  /**
   * A text in an object that is itself the value of a key.
   *
   * @param name what it is called in a complaint
   */
  public Optional<String> text(String key, String name) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = node.get(key);
    if (!value.isTextual()) {
      throw problem(name, value, "a text");
    }
    return Optional.of(value.textValue());
  }

  /** The object that is the value of a key, if that is there. */
  public Optional<JsonObject> object(String key) {
    return has(key)
        ? Optional.of(new JsonObject(file, node.get(key)).checkObject(key))
        : Optional.empty();
  }

  /** The first text of a list, if there is one. */
  public Optional<String> firstText(String key) {
    JsonNode first = node.path(key).path(0);
    return first.isTextual() ? Optional.of(first.textValue()) : Optional.empty();
  }

  /** The texts of a list, none if the key is absent. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : node.path(key)) {
      if (!value.isTextual()) {
        throw problem(key, value, "a list of texts");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  /** A complaint about a key's value. */
  public static ModelFileException problem(Path file, String key, JsonNode found, String allowed) {
    return new ModelFileException(
        file,
        String.format(
            Locale.ROOT,
            "%s is %s, allowed is %s",
            key,
            ModelFileException.quote(found.toString()),
            allowed));
  }

  private ModelFileException problem(String key, JsonNode found, String allowed) {
    return problem(file, key, found, allowed);
  }

  private JsonObject checkObject(String what) {
    if (!node.isObject()) {
      throw new ModelFileException(file, what + " is not a JSON object");
    }
    return this;
  }
}
