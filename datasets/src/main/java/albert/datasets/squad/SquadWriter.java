package albert.datasets.squad;

import albert.evaluation.record.AtomicFiles;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes questions in SQuAD's official layout, for the official scripts to score against. */
public final class SquadWriter {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private SquadWriter() {}

  /**
   * Writes questions, those of one article and text together.
   *
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, SquadTask task, List<SpanExample> questions)
      throws IOException {
    Map<String, Map<String, List<SpanExample>>> articles = new LinkedHashMap<>();
    for (SpanExample question : questions) {
      articles
          .computeIfAbsent(question.title(), title -> new LinkedHashMap<>())
          .computeIfAbsent(question.context(), context -> new ArrayList<>())
          .add(question);
    }
    AtomicFiles.write(
        file,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("version", task.version());
            json.writeArrayFieldStart("data");
            for (Map.Entry<String, Map<String, List<SpanExample>>> article : articles.entrySet()) {
              writeArticle(json, task, article.getKey(), article.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  private static void writeArticle(
      JsonGenerator json, SquadTask task, String title, Map<String, List<SpanExample>> paragraphs)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("title", title);
    json.writeArrayFieldStart("paragraphs");
    for (Map.Entry<String, List<SpanExample>> paragraph : paragraphs.entrySet()) {
      json.writeStartObject();
      json.writeStringField("context", paragraph.getKey());
      json.writeArrayFieldStart("qas");
      for (SpanExample question : paragraph.getValue()) {
        writeQuestion(json, task, question);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeQuestion(JsonGenerator json, SquadTask task, SpanExample question)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", question.id());
    json.writeStringField("question", question.question());
    if (task.hasUnanswerable()) {
      json.writeBooleanField("is_impossible", !question.isAnswerable());
    }
    json.writeArrayFieldStart("answers");
    for (SpanAnswer answer : question.answers()) {
      json.writeStartObject();
      json.writeStringField("text", answer.text());
      // code points, as Python counts; -1 where the text does not have the answer
      json.writeNumberField(
          "answer_start",
          answer.isLocated() ? question.context().codePointCount(0, answer.start()) : -1);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
