package albert.evaluation.metric;

import albert.evaluation.record.JsonPlace;
import albert.evaluation.record.RecordFormatException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
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

/** SQuAD's official JSON files: data sets and predictions for their questions. */
public final class SquadFiles {
  /** Python writes NaN, which is to be named and not to be taken for a broken file. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().reader();

  private SquadFiles() {}

  /**
   * Reads a data set an article at a time; keys that nobody asks for are passed over.
   *
   * @throws RecordFormatException if it is not in SQuAD's layout
   */
  public static void read(Path file, JsonPlace.Elements articles) throws IOException {
    try (JsonParser parser = STRICT.createParser(Files.newInputStream(file))) {
      findArticles(file, parser);
      JsonPlace.readElements(file, "article", parser, articles);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        parser.nextToken();
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        throw new RecordFormatException(file, line, "something follows the data set", null);
      }
    } catch (JsonProcessingException e) {
      throw JsonPlace.notJson(file, e);
    }
  }

  private static void findArticles(Path file, JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = parser.currentName().equals("data");
        JsonToken value = parser.nextToken();
        if (data && value == JsonToken.START_ARRAY) {
          return;
        }
        parser.skipChildren();
      }
    }
    throw new RecordFormatException(
        file, 0, "it has no list \"data\", expected SQuAD's official JSON", null);
  }

  /**
   * All questions of a data set with their right answers, in the order of the file.
   *
   * @throws RecordFormatException if it is not in SQuAD's layout
   */
  public static List<SquadQuestion> questions(Path file) throws IOException {
    List<SquadQuestion> questions = new ArrayList<>();
    read(
        file,
        article -> {
          for (JsonPlace paragraph : article.list("paragraphs")) {
            for (JsonPlace question : paragraph.list("qas")) {
              List<String> answers = new ArrayList<>();
              for (JsonPlace answer : question.list("answers")) {
                answers.add(answer.text("text"));
              }
              questions.add(new SquadQuestion(question.text("id"), answers));
            }
          }
        });
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
      throw JsonPlace.notJson(file, e);
    } catch (CharacterCodingException e) {
      throw new RecordFormatException(file, 0, "not UTF-8", e);
    }
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
