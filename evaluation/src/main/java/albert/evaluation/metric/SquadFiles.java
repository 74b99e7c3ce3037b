package albert.evaluation.metric;

import albert.evaluation.record.JsonProblem;
import albert.evaluation.record.RecordFormatException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SQuAD's official JSON files, as far as scoring reads them; other keys are passed over. */
public final class SquadFiles {
  /** Python writes NaN, which is to be named and not to be taken for a broken file. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SquadFiles() {}

  /**
   * All questions of a data set, in the order of the file.
   *
   * @throws RecordFormatException if it is not in SQuAD's layout
   */
  public static List<SquadQuestion> questions(Path file) throws IOException {
    List<SquadQuestion> questions = new ArrayList<>();
    for (JsonNode article : array(file, tree(file), "data")) {
      for (JsonNode paragraph : array(file, article, "paragraphs")) {
        for (JsonNode question : array(file, paragraph, "qas")) {
          List<String> answers = new ArrayList<>();
          for (JsonNode answer : array(file, question, "answers")) {
            answers.add(text(file, answer, "text"));
          }
          questions.add(new SquadQuestion(text(file, question, "id"), answers));
        }
      }
    }
    return questions;
  }

  /**
   * Predicted texts by question, in the order of the file.
   *
   * @throws RecordFormatException if it is not an object of texts
   */
  public static Map<String, String> predictions(Path file) throws IOException {
    Map<String, String> predictions = new LinkedHashMap<>();
    JsonNode object = object(file);
    for (Iterator<String> ids = object.fieldNames(); ids.hasNext(); ) {
      String id = ids.next();
      predictions.put(id, text(file, object, id));
    }
    return predictions;
  }

  /**
   * Probabilities, or scores, of there being no answer, by question in the order of the file.
   *
   * @throws RecordFormatException if it is not an object of finite numbers
   */
  public static Map<String, Double> noAnswerProbabilities(Path file) throws IOException {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object(file).properties()) {
      if (!field.getValue().isNumber()) {
        throw wrong(file, field.getKey(), "a finite number", field.getValue());
      }
      double value = field.getValue().doubleValue();
      if (!Double.isFinite(value)) {
        throw new RecordFormatException(
            file,
            line(file, field.getKey()),
            String.format(
                Locale.ROOT, "'%s' is %s, needed is a finite number", field.getKey(), value),
            null);
      }
      probabilities.put(field.getKey(), value);
    }
    return probabilities;
  }

  /** Where in the file a key of its object stands. */
  private static int line(Path file, String key) throws IOException {
    try (JsonParser json = JSON.createParser(Files.readString(file, StandardCharsets.UTF_8))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && key.equals(json.currentName())) {
          return json.currentLocation().getLineNr();
        }
      }
    }
    return 0;
  }

  private static JsonNode object(Path file) throws IOException {
    JsonNode tree = tree(file);
    if (!tree.isObject()) {
      throw wrong(file, "the file", "an object", tree);
    }
    return tree;
  }

  private static JsonNode tree(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new RecordFormatException(
          file, JsonProblem.line(e), "not JSON: " + JsonProblem.words(e), e);
    } catch (CharacterCodingException e) {
      throw new RecordFormatException(file, 0, "not UTF-8", e);
    }
  }

  private static JsonNode array(Path file, JsonNode parent, String key)
      throws RecordFormatException {
    JsonNode child = parent.path(key);
    if (!child.isArray()) {
      throw wrong(file, key, "a list", child);
    }
    return child;
  }

  private static String text(Path file, JsonNode parent, String key) throws RecordFormatException {
    JsonNode child = parent.path(key);
    if (!child.isTextual()) {
      throw wrong(file, key, "a text", child);
    }
    return child.textValue();
  }

  private static String found(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "not there";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case OBJECT, POJO, BINARY -> "an object";
    };
  }

  private static RecordFormatException wrong(Path file, String key, String needed, JsonNode found) {
    return new RecordFormatException(
        file,
        0,
        String.format(Locale.ROOT, "'%s' is %s, needed is %s", key, found(found), needed),
        null);
  }
}
