package albert.datasets.baseline;

import albert.datasets.span.SpanExample;
import java.text.BreakIterator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Answers a question with the sentence of the text that shares the most words with it: what a model
 * of reading has to beat. A word is a run of letters and digits in lower case and counts once; of
 * equally good sentences the first is taken. It never says that there is no answer.
 */
public final class OverlappingSentence {
  private OverlappingSentence() {}

  /** The sentence, exactly as it is in the text. */
  public static String answer(SpanExample example) {
    Set<String> asked = new HashSet<>(Words.of(example.question()));
    String context = example.context();
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    sentences.setText(context);
    String best = context;
    long most = -1;
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      String sentence = context.substring(start, end).strip();
      long shared = Words.of(sentence).stream().distinct().filter(asked::contains).count();
      if (shared > most) {
        most = shared;
        best = sentence;
      }
      start = end;
    }
    return best;
  }
}
