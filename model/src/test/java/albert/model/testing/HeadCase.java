package albert.model.testing;

import albert.model.head.AlbertSpanHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.MultipleChoiceHead;
import albert.model.head.RegressionHead;
import albert.model.head.SentenceHead;
import albert.model.head.SentencePairHead;
import albert.model.head.SentencePairHead.Objective;
import albert.model.head.SpanHead;
import albert.model.head.TokenClassificationHead;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Every head with labels for the batches of {@link Tiny}, and what it reports. */
public enum HeadCase {
  CLASSIFICATION(
      new ClassificationHead(3), ClassificationHead.LOGITS, ClassificationHead.PROBABILITIES),
  REGRESSION(new RegressionHead(), RegressionHead.PREDICTIONS),
  SPAN(new SpanHead(), SpanHead.START_LOGITS, SpanHead.END_LOGITS),
  /** Its beam is as wide as the sequences, so that its probabilities are all there. */
  BEAM_SPAN(
      new AlbertSpanHead(HeadCase.LONGEST, HeadCase.LONGEST),
      AlbertSpanHead.START_LOG_PROBS,
      AlbertSpanHead.END_LOG_PROBS,
      AlbertSpanHead.NO_ANSWER_LOGITS),
  TOKENS(new TokenClassificationHead(5), TokenClassificationHead.LOGITS),
  SENTENCES(new SentenceHead(), SentenceHead.LOGITS),
  CHOICE(new MultipleChoiceHead(HeadCase.CHOICES), MultipleChoiceHead.LOGITS),
  MASKED_LM(
      new MaskedLmHead(), MaskedLmHead.LOGITS, MaskedLmHead.LOG_PROBS, MaskedLmHead.EACH_LOSS),
  SENTENCE_ORDER(
      new SentencePairHead(Objective.SENTENCE_ORDER),
      "sentence_order_logits",
      "sentence_order_log_probs"),
  NEXT_SENTENCE(
      new SentencePairHead(Objective.NEXT_SENTENCE),
      "next_sentence_logits",
      "next_sentence_log_probs");

  private static final int LONGEST = 64;
  private static final int CHOICES = 4;
  private static final int PREDICTIONS = 3;

  private final Head head;
  private final List<String> outputs;

  HeadCase(Head head, String... outputs) {
    this.head = head;
    this.outputs = List.of(outputs);
  }

  /** The head. */
  public Head head() {
    return head;
  }

  /** What it reports of each row, which is not whole numbers. */
  public List<String> outputs() {
    return outputs;
  }

  /** Random tokens, the second half of each row a second text, and labels. */
  public Map<String, HostTensor> batch(int batch, int sequence, long seed) {
    Map<String, HostTensor> feed = new TreeMap<>(Tiny.batch(batch, sequence, seed));
    feed.remove(ClassificationHead.LABELS);
    int[] types = new int[batch * sequence];
    for (int i = 0; i < types.length; i++) {
      types[i] = i % sequence < sequence / 2 ? 0 : 1;
    }
    feed.put("token_type_ids", IntTensor.of(types, batch, sequence));
    feed.putAll(labels(batch, sequence, new Random(seed)));
    return feed;
  }

  private Map<String, HostTensor> labels(int batch, int sequence, Random random) {
    return switch (this) {
      case CLASSIFICATION -> Map.of(ClassificationHead.LABELS, ints(random, 3, batch));
      case REGRESSION -> Map.of(RegressionHead.TARGETS, floats(random, batch));
      case SPAN -> spans(batch, sequence);
      case BEAM_SPAN -> {
        Map<String, HostTensor> labels = new TreeMap<>(spans(batch, sequence));
        labels.put(AlbertSpanHead.IS_IMPOSSIBLE, FloatTensor.of(new float[batch], batch));
        yield labels;
      }
      case TOKENS -> Map.of(TokenClassificationHead.LABELS, ints(random, 5, batch, sequence));
      case SENTENCES -> Map.of(SentenceHead.LABELS, ints(random, 2, batch, sequence));
      case CHOICE -> Map.of(MultipleChoiceHead.LABELS, ints(random, CHOICES, batch / CHOICES));
      case MASKED_LM ->
          Map.of(
              MaskedLmHead.POSITIONS, positions(batch),
              MaskedLmHead.IDS, ints(random, 50, batch, PREDICTIONS),
              MaskedLmHead.WEIGHTS, floats(random, batch, PREDICTIONS));
      case SENTENCE_ORDER, NEXT_SENTENCE ->
          Map.of(((SentencePairHead) head).labels(), ints(random, 2, batch));
    };
  }

  /** Of two tokens each, the first of the second text and the next. */
  private static Map<String, HostTensor> spans(int batch, int sequence) {
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    Arrays.fill(starts, sequence / 2);
    Arrays.fill(ends, sequence / 2 + 1);
    return Map.of(
        SpanHead.START_POSITIONS, IntTensor.of(starts, batch),
        SpanHead.END_POSITIONS, IntTensor.of(ends, batch));
  }

  /** Different ones in a row, so that no two predictions are of one token. */
  private static IntTensor positions(int batch) {
    int[] positions = new int[batch * PREDICTIONS];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = 1 + i % PREDICTIONS;
    }
    return IntTensor.of(positions, batch, PREDICTIONS);
  }

  private static IntTensor ints(Random random, int bound, long... shape) {
    long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return IntTensor.of(random.ints(size, 0, bound).toArray(), shape);
  }

  private static FloatTensor floats(Random random, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return FloatTensor.of(values, shape);
  }
}
