package albert.datasets.span;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.FeatureCache;
import albert.datasets.batch.Stretches;
import albert.datasets.tokenizer.TokenizedText;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Cuts contexts into overlapping windows: google-research/albert, {@code squad_utils.py:
 * convert_examples_to_features}.
 *
 * <p><b>Differs from the published code</b> in how pieces are found in the context (their
 * characters are followed through the tokenizer instead of searching for a longest common
 * subsequence), and in that of several answers the first is learnt, where it stops.
 *
 * @param tokenizer stays the caller's to close
 * @param maxSeqLength longest window, special tokens included
 * @param docStride how many pieces of context the next window begins after the last
 * @param maxQueryLength longer questions are cut
 */
public record SpanEncoder(
    Tokenizer tokenizer, int maxSeqLength, int docStride, int maxQueryLength) {

  /** The published {@code max_seq_length}. */
  public static final int DEFAULT_MAX_SEQ_LENGTH = 384;

  /** The published {@code doc_stride}. */
  public static final int DEFAULT_DOC_STRIDE = 128;

  /** The published {@code max_query_length}. */
  public static final int DEFAULT_MAX_QUERY_LENGTH = 64;

  /** Changes with the code whenever the same settings give other windows. */
  private static final int VERSION = 2;

  /** Checks that every window has room for a piece of context. */
  public SpanEncoder {
    if (maxQueryLength < 1 || docStride < 1 || maxSeqLength < maxQueryLength + 4) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, max_query_length %d and doc_stride %d; the last two must be at"
                  + " least 1, and the first at least 4 more than max_query_length",
              maxSeqLength,
              maxQueryLength,
              docStride));
    }
  }

  /** Windows of every question; of the context that several share the pieces are found once. */
  public SpanWindows encode(List<SpanExample> examples) {
    List<SpanWindow> windows = new ArrayList<>();
    long cut = 0;
    String last = "";
    TokenizedText context = tokenizer.encodeWithOffsets(last);
    for (int i = 0; i < examples.size(); i++) {
      SpanExample example = examples.get(i);
      if (!example.context().equals(last)) {
        last = example.context();
        context = tokenizer.encodeWithOffsets(last);
      }
      int[] question = tokenizer.encode(example.question());
      if (question.length > maxQueryLength) {
        cut++;
        question = Arrays.copyOf(question, maxQueryLength);
      }
      addWindows(i, example, question, context, windows);
    }
    return new SpanWindows(windows, cut);
  }

  /** Windows to learn from, kept in a file; their labels are both ends of the answer. */
  public List<EncodedExample> train(List<SpanExample> examples, FeatureCache cache) {
    return cache.windows(() -> key(examples), examples, chunk -> encode(chunk).examples());
  }

  private String key(List<SpanExample> questions) {
    Sha256 key =
        new Sha256()
            .add("spans")
            .add(VERSION)
            .add(tokenizer.fingerprint())
            .add(maxSeqLength)
            .add(docStride)
            .add(maxQueryLength);
    for (SpanExample question : questions) {
      key.add(question.question()).add(question.context());
      SpanAnswer target = question.target().orElse(new SpanAnswer("", -1));
      key.add(target.text()).add(target.start());
    }
    return key.hex();
  }

  private void addWindows(
      int index,
      SpanExample example,
      int[] question,
      TokenizedText context,
      List<SpanWindow> windows) {
    Stretches stretches =
        new Stretches(context.length(), maxSeqLength - question.length - 3, docStride);
    int[] answer = example.target().map(target -> pieces(context, target)).orElse(new int[0]);
    for (int i = 0; i < stretches.count(); i++) {
      int from = stretches.start(i);
      int to = stretches.end(i);
      int contextStart = question.length + 2;
      boolean inside = answer.length > 0 && answer[0] >= from && answer[1] < to;
      windows.add(
          new SpanWindow(
              index,
              EncodedSequence.ofPair(
                  tokenizer.specialTokens(), question, Arrays.copyOfRange(context.ids(), from, to)),
              contextStart,
              Arrays.copyOfRange(context.starts(), from, to),
              Arrays.copyOfRange(context.ends(), from, to),
              maxContext(stretches, i),
              inside ? answer[0] - from + contextStart : 0,
              inside ? answer[1] - from + contextStart : 0));
    }
  }

  private static boolean[] maxContext(Stretches stretches, int index) {
    boolean[] max = new boolean[stretches.end(index) - stretches.start(index)];
    for (int i = 0; i < max.length; i++) {
      max[i] = stretches.best(stretches.start(index) + i) == index;
    }
    return max;
  }

  /** The first and the last piece that have a character of the answer; nothing if none has. */
  private static int[] pieces(TokenizedText context, SpanAnswer answer) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < context.length(); i++) {
      int start = context.starts()[i];
      int end = context.ends()[i];
      if (start < answer.end() && end > answer.start() && start < end) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return first < 0 ? new int[0] : new int[] {first, last};
  }
}
