package albert.datasets.span;

import albert.evaluation.record.AtomicFiles;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes questions in SQuAD's official layout, for the official scripts to score against. */
public final class SquadWriter {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private SquadWriter() {}

  /**
   * Writes questions in their order; neighbours of one article and text are together.
   *
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, SquadTask task, List<SpanExample> questions)
      throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("version", task.version());
            json.writeArrayFieldStart("data");
            writeArticles(json, task, questions);
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  private static void writeArticles(JsonGenerator json, SquadTask task, List<SpanExample> questions)
      throws IOException {
    for (List<SpanExample> article : runs(questions, SpanExample::title)) {
      json.writeStartObject();
      json.writeStringField("title", article.get(0).title());
      json.writeArrayFieldStart("paragraphs");
      for (List<SpanExample> paragraph : runs(article, SpanExample::context)) {
        json.writeStartObject();
        json.writeStringField("context", paragraph.get(0).context());
        json.writeArrayFieldStart("qas");
        for (SpanExample question : paragraph) {
          writeQuestion(json, task, question);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Cuts a list where what its elements have in common changes. */
  private static List<List<SpanExample>> runs(
      List<SpanExample> questions, Function<SpanExample, String> common) {
    List<List<SpanExample>> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= questions.size(); i++) {
      if (i == questions.size()
          || !common.apply(questions.get(i)).equals(common.apply(questions.get(from)))) {
        runs.add(questions.subList(from, i));
        from = i;
      }
    }
    return runs;
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
