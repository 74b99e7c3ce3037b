package albert.datasets.squad;

import albert.datasets.DataFormatException;
import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads SQuAD's JSON an article at a time.
 *
 * <p>Offsets in the file count code points, as Python does. An answer that is not where its offset
 * says is looked for in the context and taken where it is nearest; one that the context does not
 * have keeps its text for the scores and is not learnt. Both are counted in one line of the log.
 */
final class SquadReader {
  private static final Logger LOG = LoggerFactory.getLogger(SquadReader.class);
  private static final ObjectReader JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().reader();

  private final Path file;
  private final SquadTask task;
  private final Set<String> ids = new HashSet<>();
  private final List<SpanExample> examples = new ArrayList<>();
  private int line;
  private int moved;
  private int lost;

  SquadReader(Path file, SquadTask task) {
    this.file = file;
    this.task = task;
  }

  /**
   * Every question, in the order of the file.
   *
   * @throws DataFormatException with the line where the article begins, if it is malformed
   * @throws UncheckedIOException if it can't be read
   */
  List<SpanExample> read() {
    try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
      findArticles(parser);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        line = parser.currentTokenLocation().getLineNr();
        readArticle(parser.readValueAsTree());
      }
      while (parser.nextToken() != null) {
        parser.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          file.toString(), JsonProblem.line(e), "it is not JSON: " + JsonProblem.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (examples.isEmpty()) {
      throw new DataFormatException(file.toString(), "there is no question in it");
    }
    if (moved + lost > 0) {
      LOG.warn(
          "{}: {} answers are not where answer_start says and were found elsewhere in their"
              + " context; {} are nowhere in it and are not learnt",
          file,
          moved,
          lost);
    }
    return examples;
  }

  private void findArticles(JsonParser parser) throws IOException {
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
    throw new DataFormatException(
        file.toString(), "it has no list \"data\", expected SQuAD's official JSON");
  }

  private void readArticle(JsonNode article) {
    String title = text(article, "title");
    for (JsonNode paragraph : list(article, "paragraphs")) {
      String context = text(paragraph, "context");
      for (JsonNode question : list(paragraph, "qas")) {
        readQuestion(title, context, question);
      }
    }
  }

  private void readQuestion(String title, String context, JsonNode question) {
    String id = text(question, "id");
    if (!ids.add(id)) {
      throw wrong("two questions have the id " + id);
    }
    boolean impossible = question.path("is_impossible").asBoolean();
    List<SpanAnswer> answers = new ArrayList<>();
    for (JsonNode answer : list(question, "answers")) {
      answers.add(answer(context, text(answer, "text"), answer.path("answer_start")));
    }
    if (impossible && !answers.isEmpty()) {
      throw wrong("question " + id + " has answers and is_impossible");
    }
    if (answers.isEmpty() && !task.hasUnanswerable()) {
      throw wrong(
          String.format(
              Locale.ROOT, "question %s has no answer, every one of %s has", id, task.title()));
    }
    examples.add(new SpanExample(id, title, text(question, "question"), context, answers));
  }

  private SpanAnswer answer(String context, String text, JsonNode start) {
    if (!start.isIntegralNumber() || !start.canConvertToInt()) {
      throw wrong(
          String.format(Locale.ROOT, "answer_start is %s, expected a whole number", shown(start)));
    }
    int stated = unit(context, start.intValue());
    if (!text.isEmpty() && stated >= 0 && context.startsWith(text, stated)) {
      return new SpanAnswer(text, stated);
    }
    int found = nearest(context, text, Math.max(0, stated));
    moved += found < 0 ? 0 : 1;
    lost += found < 0 ? 1 : 0;
    return new SpanAnswer(text, found);
  }

  /** The UTF-16 unit of a code point, or -1 if there is none. */
  private static int unit(String context, int codePoint) {
    return codePoint < 0 || codePoint > context.codePointCount(0, context.length())
        ? -1
        : context.offsetByCodePoints(0, codePoint);
  }

  private static int nearest(String context, String text, int stated) {
    if (text.isEmpty()) {
      return -1;
    }
    int after = context.indexOf(text, stated);
    int before = context.lastIndexOf(text, stated);
    if (after < 0 || before < 0) {
      return Math.max(after, before);
    }
    return after - stated < stated - before ? after : before;
  }

  private String text(JsonNode parent, String key) {
    JsonNode child = parent.path(key);
    if (!child.isTextual()) {
      throw wrong(String.format(Locale.ROOT, "\"%s\" is %s, expected a text", key, shown(child)));
    }
    return child.textValue();
  }

  private JsonNode list(JsonNode parent, String key) {
    JsonNode child = parent.path(key);
    if (!child.isArray()) {
      throw wrong(String.format(Locale.ROOT, "\"%s\" is %s, expected a list", key, shown(child)));
    }
    return child;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode()
        ? "not there"
        : switch (node.getNodeType()) {
          case ARRAY -> "a list";
          case STRING -> "a text";
          case NUMBER -> node.toString();
          case BOOLEAN -> node.toString();
          case NULL -> "null";
          case OBJECT, POJO, BINARY, MISSING -> "an object";
        };
  }

  private DataFormatException wrong(String problem) {
    return new DataFormatException(
        file.toString(),
        String.format(Locale.ROOT, "in the article that begins on line %d: %s", line, problem));
  }
}
