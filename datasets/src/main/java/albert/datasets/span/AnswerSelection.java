package albert.datasets.span;

import albert.datasets.span.SpanPrediction.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * From what a model says of each window to answers: google-research/bert, {@code run_squad.py:
 * write_predictions}, and google-research/albert, {@code squad_utils.py}.
 *
 * <p>A span begins and ends in the context, is not longer than allowed and begins where its window
 * has the most context. Its score is the sum of its two. Of all windows' spans the best with
 * different texts are kept; of equal scores the first window's first start's first end.
 *
 * <p><b>Differs from the published code</b>: with independent logits all spans are looked at, where
 * that looks at those among the n best starts and the n best ends, so no better answer is missed;
 * and a text is sliced from the context, never rebuilt from pieces.
 *
 * @param nBest how many answers are kept
 * @param maxAnswerLength most pieces of an answer
 * @param mayBeUnanswerable whether [CLS] stands for no answer among independent logits
 */
public record AnswerSelection(int nBest, int maxAnswerLength, boolean mayBeUnanswerable) {

  /** The published {@code n_best_size}. */
  public static final int DEFAULT_N_BEST = 20;

  /** The published {@code max_answer_length}. */
  public static final int DEFAULT_MAX_ANSWER_LENGTH = 30;

  /** What {@code write_predictions} takes for the best answer's score if there is none. */
  private static final double NO_CANDIDATE = 0;

  /** Checks the numbers. */
  public AnswerSelection {
    if (nBest < 1 || maxAnswerLength < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "n_best_size is %d and max_answer_length %d, both must be at least 1",
              nBest,
              maxAnswerLength));
    }
  }

  /** With the published numbers. */
  public static AnswerSelection of(SquadTask task) {
    return new AnswerSelection(DEFAULT_N_BEST, DEFAULT_MAX_ANSWER_LENGTH, task.hasUnanswerable());
  }

  /** A span with the places of its text; {@code order} breaks ties. */
  private record Span(int from, int to, double start, double end, long order) {
    static final Comparator<Span> BEST_FIRST =
        Comparator.comparingDouble(Span::score).reversed().thenComparingLong(Span::order);

    double score() {
      return start + end;
    }
  }

  /**
   * Answers questions.
   *
   * @param examples those that were encoded, or the first of them
   * @param windows what they were encoded to
   * @param outputs by window
   */
  public List<SpanPrediction> select(
      List<SpanExample> examples, SpanWindows windows, List<SpanOutput> outputs) {
    List<List<Integer>> ofExample = new ArrayList<>();
    examples.forEach(example -> ofExample.add(new ArrayList<>()));
    for (int i = 0; i < windows.windows().size(); i++) {
      int example = windows.windows().get(i).example();
      if (example < examples.size()) {
        ofExample.get(example).add(i);
      }
    }
    List<SpanPrediction> predictions = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      List<SpanWindow> own = ofExample.get(i).stream().map(windows.windows()::get).toList();
      List<SpanOutput> said = ofExample.get(i).stream().map(outputs::get).toList();
      predictions.add(select(examples.get(i), own, said));
    }
    return predictions;
  }

  /**
   * Answers one question.
   *
   * @param windows all of the question's, at least one
   * @param outputs of each window, all of the same head
   * @throws IllegalArgumentException if a score is NaN: such a one is not replaced
   */
  public SpanPrediction select(
      SpanExample example, List<SpanWindow> windows, List<SpanOutput> outputs) {
    NoAnswer none = new NoAnswer();
    outputs.forEach(none::add);
    List<Candidate> best = List.of();
    // equal texts count once, so more spans than answers may be needed
    for (int kept = 2 * nBest; best.size() < nBest; kept *= 8) {
      TopSpans spans = new TopSpans(kept);
      for (int i = 0; i < windows.size(); i++) {
        collect(windows.get(i), outputs.get(i), spans);
      }
      best = distinct(example.context(), spans.bestFirst());
      if (!spans.isFull()) {
        break;
      }
    }
    double bestScore =
        best.isEmpty() ? NO_CANDIDATE : best.get(0).startScore() + best.get(0).endScore();
    double noAnswerScore = none.score(bestScore);
    if (none.isLogits && mayBeUnanswerable) {
      best = withNoAnswer(best, none);
    }
    return new SpanPrediction(example.id(), withProbabilities(best), noAnswerScore);
  }

  private void collect(SpanWindow window, SpanOutput output, TopSpans spans) {
    if (output instanceof SpanOutput.Logits logits) {
      collect(window, logits, spans);
    } else if (output instanceof SpanOutput.Beam beam) {
      collect(window, beam, spans);
    }
  }

  private void collect(SpanWindow window, SpanOutput.Logits logits, TopSpans spans) {
    int first = window.contextStart();
    int last = first + window.contextLength() - 1;
    for (int start = first; start <= last; start++) {
      int longest = Math.min(last, start + maxAnswerLength - 1);
      for (int end = start; end <= longest; end++) {
        offer(window, start, end, logits.start()[start], logits.end()[end], spans);
      }
    }
  }

  private void collect(SpanWindow window, SpanOutput.Beam beam, TopSpans spans) {
    int ends = beam.endIndex().length / beam.startIndex().length;
    for (int i = 0; i < beam.startIndex().length; i++) {
      int start = beam.startIndex()[i];
      for (int j = i * ends; j < (i + 1) * ends; j++) {
        int end = beam.endIndex()[j];
        boolean valid = window.isContext(start) && window.isContext(end) && start <= end;
        if (valid && end - start < maxAnswerLength) {
          offer(window, start, end, beam.startLogProbs()[i], beam.endLogProbs()[j], spans);
        }
      }
    }
  }

  private static void offer(
      SpanWindow window, int start, int end, float startScore, float endScore, TopSpans spans) {
    int first = start - window.contextStart();
    int last = end - window.contextStart();
    if (window.maxContext()[first]) {
      spans.offer(window.starts()[first], window.ends()[last], startScore, endScore);
    }
  }

  /** The best spans of different texts, without probabilities. */
  private List<Candidate> distinct(String context, List<Span> bestFirst) {
    Set<String> seen = new HashSet<>();
    List<Candidate> best = new ArrayList<>();
    for (Span span : bestFirst) {
      String whole = span.from < span.to ? context.substring(span.from, span.to) : "";
      String text = whole.strip();
      if (best.size() < nBest && !text.isEmpty() && seen.add(text)) {
        int start = span.from + whole.indexOf(text);
        best.add(new Candidate(text, 0, span.start, span.end, start));
      }
    }
    return best;
  }

  private List<Candidate> withNoAnswer(List<Candidate> answers, NoAnswer none) {
    List<Candidate> all = new ArrayList<>(answers);
    int place = 0;
    while (place < all.size()
        && all.get(place).startScore() + all.get(place).endScore() >= none.start + none.end) {
      place++;
    }
    all.add(place, Candidate.none(0, none.start, none.end));
    // there is always an answer in the list, if there is one at all
    if (all.size() > nBest) {
      all.remove(nBest > 1 || place > 0 ? all.size() - 1 : 0);
    }
    return all;
  }

  private static List<Candidate> withProbabilities(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return List.of(Candidate.none(1, 0, 0));
    }
    double best =
        candidates.stream().mapToDouble(c -> c.startScore() + c.endScore()).max().orElseThrow();
    double sum =
        candidates.stream().mapToDouble(c -> Math.exp(c.startScore() + c.endScore() - best)).sum();
    return candidates.stream()
        .map(
            c ->
                new Candidate(
                    c.text(),
                    Math.exp(c.startScore() + c.endScore() - best) / sum,
                    c.startScore(),
                    c.endScore(),
                    c.start()))
        .toList();
  }

  /** The least that any window says for no answer. */
  private static final class NoAnswer {
    private double start;
    private double end;
    private double least = Double.POSITIVE_INFINITY;
    private boolean isLogits;

    void add(SpanOutput output) {
      if (output instanceof SpanOutput.Logits logits) {
        isLogits = true;
        double score = (double) logits.start()[0] + logits.end()[0];
        if (score < least || Double.isNaN(score)) {
          least = score;
          start = logits.start()[0];
          end = logits.end()[0];
        }
      } else if (output instanceof SpanOutput.Beam beam) {
        least = Math.min(least, beam.noAnswer());
      }
    }

    double score(double bestAnswer) {
      if (Double.isNaN(least)) {
        throw new IllegalArgumentException("a model's score of no answer is NaN");
      }
      return isLogits ? least - bestAnswer : least;
    }
  }

  /** Keeps the best so many spans. */
  private static final class TopSpans {
    private final PriorityQueue<Span> worstFirst = new PriorityQueue<>(Span.BEST_FIRST.reversed());
    private final int capacity;
    private long offered;

    TopSpans(int capacity) {
      this.capacity = capacity;
    }

    void offer(int from, int to, double start, double end) {
      if (Double.isNaN(start + end)) {
        throw new IllegalArgumentException("a model's score of a span is NaN");
      }
      offered++;
      Span worst = worstFirst.peek();
      boolean full = worst != null && worstFirst.size() == capacity;
      // of equal scores the earlier one stays
      if (full && worst != null && worst.score() >= start + end) {
        return;
      }
      if (full) {
        worstFirst.poll();
      }
      worstFirst.add(new Span(from, to, start, end, offered));
    }

    boolean isFull() {
      return offered > capacity;
    }

    List<Span> bestFirst() {
      return worstFirst.stream().sorted(Span.BEST_FIRST).toList();
    }
  }
}
