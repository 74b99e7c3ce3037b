package albert.experiments.task.summary;

import albert.datasets.JsonLine;
import albert.datasets.pretraining.SentenceSplitter;
import albert.datasets.summary.SummaryDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code predict} reads and writes of a document. */
final class SummaryLine {
  private SummaryLine() {}

  /**
   * Reads a line with either {@code sentences} or {@code text}, which is cut into sentences.
   *
   * @throws albert.datasets.DataFormatException with its place, if it has none or both of them, or
   *     there is no sentence in it
   */
  static SummaryDocument read(JsonLine line) {
    boolean cut = line.object().has("sentences");
    if (cut && line.object().has("text")) {
      throw line.problem("has both sentences and text, needed is " + line.needed());
    }
    String text = cut ? null : line.text("text");
    List<String> sentences = text == null ? line.texts("sentences") : SentenceSplitter.split(text);
    if (!SummaryDocument.hasText(sentences)) {
      throw line.problem("has no sentence to summarise");
    }
    return new SummaryDocument(line.place(), text, sentences, List.of(), List.of());
  }

  /**
   * A JSON object with {@code summary}, the {@code sentences} that it is of by their numbers from
   * 0, and the {@code scores} of all; of a text first the {@code document}, the sentences that it
   * was cut into.
   */
  static Map<String, Object> of(SummaryDocument document, Extract extract) {
    Map<String, Object> line = new LinkedHashMap<>();
    if (document.text() != null) {
      line.put("document", document.sentences());
    }
    line.put("summary", document.lines(extract.sentences()));
    line.put("sentences", extract.sentences());
    line.put("scores", extract.scores());
    return line;
  }
}
