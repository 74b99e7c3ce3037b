package albert.datasets.span;

import albert.datasets.DataFormatException;
import albert.evaluation.metric.SquadFiles;
import albert.evaluation.record.JsonPlace;
import albert.evaluation.record.RecordFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final Path file;
  private final SquadTask task;
  private final Set<String> ids = new HashSet<>();
  private final List<SpanExample> examples = new ArrayList<>();
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
    try {
      SquadFiles.read(file, this::readArticle);
    } catch (RecordFormatException e) {
      throw new DataFormatException(e);
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

  private void readArticle(JsonPlace article) throws RecordFormatException {
    String title = article.text("title");
    for (JsonPlace paragraph : article.list("paragraphs")) {
      String context = paragraph.text("context");
      for (JsonPlace question : paragraph.list("qas")) {
        readQuestion(title, context, question);
      }
    }
  }

  private void readQuestion(String title, String context, JsonPlace question)
      throws RecordFormatException {
    String id = question.text("id");
    if (!ids.add(id)) {
      throw question.wrong("two questions have the id " + id);
    }
    boolean impossible = question.json().path("is_impossible").asBoolean();
    List<SpanAnswer> answers = new ArrayList<>();
    for (JsonPlace answer : question.list("answers")) {
      answers.add(answer(context, answer.text("text"), answer.wholeNumber("answer_start")));
    }
    if (impossible && !answers.isEmpty()) {
      throw question.wrong("question " + id + " has answers and is_impossible");
    }
    if (answers.isEmpty() && !task.hasUnanswerable()) {
      throw question.wrong(
          String.format(
              Locale.ROOT, "question %s has no answer, every one of %s has", id, task.title()));
    }
    examples.add(new SpanExample(id, title, question.text("question"), context, answers));
  }

  private SpanAnswer answer(String context, String text, int start) {
    int stated = unit(context, start);
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
}
