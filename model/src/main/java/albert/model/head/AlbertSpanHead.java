package albert.model.head;

import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * ALBERT's head for SQuAD 2.0 (google-research/albert, {@code squad_utils.py}, {@code
 * create_v2_model}): the start, the end given a start, and whether there is an answer at all.
 *
 * <p>In training the end is conditioned on the right start. For inference it is conditioned on each
 * of the best starts, and each of these has its best ends. Question, [SEP] and padding can be
 * neither start nor end; [CLS], the place of "no answer", can.
 *
 * <p>Labels: {@value #START_POSITIONS} and {@value #END_POSITIONS} int32 [batch], {@value
 * #IS_IMPOSSIBLE} float32 [batch], 1 where there is no answer. Outputs, s and e being the numbers
 * of starts and ends, or the sequence length if that is less: {@value #START_LOG_PROBS} and {@value
 * #START_INDEX} float32 [batch, s]; {@value #END_LOG_PROBS} and {@value #END_INDEX} float32 [batch,
 * s, e], ends by start; {@value #NO_ANSWER_LOGITS} float32 [batch]; {@value #LOSS} float32 [], half
 * of the mean negative log probability of the start, plus half of that of the end, plus half of the
 * mean cross entropy of answerability: probabilities 1/2, 1/8 and 1/2 give 0.347 + 1.040 + 0.347 =
 * 1.733.
 *
 * <p>Differs from the published code: its layer norm has ε 1e-12, this one that of the encoder.
 *
 * @param startNTop starts that are followed, the published {@code start_n_top}
 * @param endNTop ends of each, the published {@code end_n_top}
 */
public record AlbertSpanHead(int startNTop, int endNTop) implements Head {
  /** Label: the token where the answer starts; 0 where there is none. */
  public static final String START_POSITIONS = SpanHead.START_POSITIONS;

  /** Label: the token where the answer ends, itself included; 0 where there is none. */
  public static final String END_POSITIONS = SpanHead.END_POSITIONS;

  /** Label: 1 where there is no answer, else 0. */
  public static final String IS_IMPOSSIBLE = "is_impossible";

  /** Output: log probabilities of the best starts, falling. */
  public static final String START_LOG_PROBS = "start_top_log_probs";

  /** Output: the best starts. */
  public static final String START_INDEX = "start_top_index";

  /** Output: log probabilities of each start's best ends, falling. */
  public static final String END_LOG_PROBS = "end_top_log_probs";

  /** Output: each start's best ends. */
  public static final String END_INDEX = "end_top_index";

  /** Output: the higher, the less there is an answer. */
  public static final String NO_ANSWER_LOGITS = "cls_logits";

  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  /** The published number of starts, and of ends of each. */
  public static final int DEFAULT_N_TOP = 5;

  private static final String START = "start_logits/dense";
  private static final String END = "end_logits";
  private static final String ANSWER = "answer_class";
  private static final double NEVER = 1e30;

  /** With the published beam. */
  public AlbertSpanHead() {
    this(DEFAULT_N_TOP, DEFAULT_N_TOP);
  }

  /** Checks the beam. */
  public AlbertSpanHead {
    if (startNTop < 1 || endNTop < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "start_n_top is %d and end_n_top %d, both must be at least 1",
              startNTop,
              endNTop));
    }
  }

  @Override
  public boolean readsPooled() {
    return false;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    return new Graph(building, inputs, encoder.sequence()).output(labels, startNTop, endNTop);
  }

  /** The head on one encoder. Tokens are in rows: float32 [batch · seq, H]. */
  private static final class Graph {
    private final Building building;
    private final Kernels kernels;
    private final Ops tf;
    private final EncoderInputs inputs;
    private final Operand<TFloat32> sequence;
    private final Operand<TFloat32> allowed;
    private final int hidden;

    Graph(Building building, EncoderInputs inputs, Operand<TFloat32> sequence) {
      this.building = building;
      this.kernels = building.kernels();
      this.tf = building.tf();
      this.inputs = inputs;
      this.sequence = sequence;
      this.hidden = building.config().hiddenSize();
      this.allowed = allowed();
    }

    HeadOutput output(Labels labels, int startNTop, int endNTop) {
      Operand<TFloat32> starts =
          masked(column(OutputLayer.number(building, START, sequence, hidden)));
      Operand<TInt32> right = labels.ints(START_POSITIONS, -1);
      Operand<TFloat32> ends = endsAfter(right);
      Operand<TFloat32> noAnswer = noAnswer(starts);
      Operand<TFloat32> loss =
          kernels.scale(
              tf.math.addN(
                  List.of(
                      CrossEntropy.mean(building, starts, right),
                      CrossEntropy.mean(building, ends, labels.ints(END_POSITIONS, -1)),
                      binary(noAnswer, labels.floats(IS_IMPOSSIBLE, -1)))),
              0.5);
      TopK<TFloat32, TInt32> bestStarts = best(tf.nn.logSoftmax(starts), startNTop);
      TopK<TFloat32, TInt32> bestEnds =
          best(tf.nn.logSoftmax(endsOfBeam(bestStarts.indices())), endNTop);
      return new HeadOutput(
          new TreeMap<>(
              Map.of(
                  START_LOG_PROBS, bestStarts.values(),
                  START_INDEX, tf.dtypes.cast(bestStarts.indices(), TFloat32.class),
                  END_LOG_PROBS, bestEnds.values(),
                  END_INDEX, tf.dtypes.cast(bestEnds.indices(), TFloat32.class),
                  NO_ANSWER_LOGITS, noAnswer,
                  LOSS, loss)),
          loss);
    }

    /** float32 [batch, seq], 1 for [CLS] and the tokens of the text without its [SEP]. */
    private Operand<TFloat32> allowed() {
      Operand<TInt32> shape = inputs.shape(tf);
      Operand<TInt32> column = tf.range(tf.constant(0), inputs.sequence(), tf.constant(1));
      Operand<TInt32> last =
          tf.expandDims(
              tf.math.sub(tf.sum(inputs.attentionMask(), kernels.ints(1)), tf.constant(1)),
              tf.constant(1));
      Operand<TInt32> columns = tf.broadcastTo(tf.expandDims(column, tf.constant(0)), shape);
      var text =
          tf.math.logicalAnd(
              tf.math.equal(inputs.tokenTypeIds(), tf.constant(1)), tf.math.less(columns, last));
      var first = tf.math.equal(columns, tf.constant(0));
      return tf.dtypes.cast(tf.math.logicalOr(text, first), TFloat32.class);
    }

    /** What is not allowed is so low that its probability is 0. */
    private Operand<TFloat32> masked(Operand<TFloat32> logits) {
      return masked(logits, allowed);
    }

    private Operand<TFloat32> masked(Operand<TFloat32> logits, Operand<TFloat32> where) {
      Operand<TFloat32> never = kernels.scale(tf.math.sub(kernels.constant(1), where), NEVER);
      return tf.math.sub(tf.math.mul(logits, where), never);
    }

    /** float32 [batch, seq] from [batch · seq, 1]. */
    private Operand<TFloat32> column(Operand<TFloat32> x) {
      return tf.reshape(x, inputs.shape(tf));
    }

    /** float32 [batch, seq]: the logits of the ends, given one start in each sequence. */
    private Operand<TFloat32> endsAfter(Operand<TInt32> start) {
      Operand<TFloat32> own = ofStart(tf.gather(sequence, rows(start), tf.constant(0)));
      Operand<TFloat32> repeated =
          tf.reshape(
              tf.broadcastTo(
                  tf.expandDims(own, tf.constant(1)),
                  tf.stack(List.of(inputs.batch(), inputs.sequence(), tf.constant(hidden)))),
              kernels.ints(-1, hidden));
      return masked(column(end(kernels.add(ofToken(), repeated))));
    }

    /** float32 [batch, s, seq]: the logits of the ends, given each of the best starts. */
    private Operand<TFloat32> endsOfBeam(Operand<TInt32> starts) {
      Operand<TInt32> width = tf.gather(tf.shape(starts), tf.constant(1), tf.constant(0));
      Operand<TFloat32> own =
          ofStart(
              tf.gather(
                  sequence,
                  tf.reshape(
                      tf.math.add(starts, tf.expandDims(firstRows(), tf.constant(1))),
                      kernels.ints(-1)),
                  tf.constant(0)));
      Operand<TFloat32> tokens =
          tf.reshape(
              ofToken(),
              tf.stack(
                  List.of(inputs.batch(), tf.constant(1), inputs.sequence(), tf.constant(hidden))));
      Operand<TFloat32> each =
          tf.reshape(
              own, tf.stack(List.of(inputs.batch(), width, tf.constant(1), tf.constant(hidden))));
      Operand<TFloat32> flat = tf.reshape(kernels.add(tokens, each), kernels.ints(-1, hidden));
      Operand<TFloat32> logits =
          tf.reshape(end(flat), tf.stack(List.of(inputs.batch(), width, inputs.sequence())));
      return masked(logits, tf.expandDims(allowed, tf.constant(1)));
    }

    /** float32 [batch · seq, H]: the part of the end's first layer that reads the token. */
    private Operand<TFloat32> ofToken() {
      return kernels.biasAdd(
          kernels.matMul(sequence, half(0)),
          building.weights().get(END + "/dense_0/bias", Initializer.zeros(), hidden));
    }

    /** The part that reads the start: float32 [n, H] from [n, H]. */
    private Operand<TFloat32> ofStart(Operand<TFloat32> starts) {
      return kernels.matMul(starts, half(1));
    }

    private Operand<TFloat32> half(int half) {
      Operand<TFloat32> kernel =
          building.weights().get(END + "/dense_0/kernel", building.normal(), 2L * hidden, hidden);
      return tf.stridedSlice(
          kernel, Indices.slice((long) half * hidden, (half + 1L) * hidden), Indices.all());
    }

    /** The rest of the end: float32 [n, 1] from [n, H]. */
    private Operand<TFloat32> end(Operand<TFloat32> x) {
      return OutputLayer.number(
          building,
          END + "/dense_1",
          building.layerNorm(END + "/LayerNorm", tf.math.tanh(x), hidden),
          hidden);
    }

    /** float32 [batch], from [CLS] and the start that is expected. */
    private Operand<TFloat32> noAnswer(Operand<TFloat32> starts) {
      Operand<TFloat32> probabilities = tf.expandDims(tf.nn.softmax(starts), tf.constant(1));
      Operand<TFloat32> expected =
          tf.reshape(
              kernels.batchMatMul(probabilities, inputs.unflat(tf, sequence, hidden), false),
              kernels.ints(-1, hidden));
      Operand<TFloat32> first = tf.gather(sequence, firstRows(), tf.constant(0));
      Operand<TFloat32> both = tf.concat(List.of(expected, first), tf.constant(-1));
      Operand<TFloat32> features =
          building
              .dropout()
              .apply(
                  tf.math.tanh(building.dense(ANSWER + "/dense_0", both, 2 * hidden, hidden)),
                  building.config().classifierDropoutProb());
      return tf.reshape(
          OutputLayer.numberWithoutBias(building, ANSWER + "/dense_1", features, hidden),
          kernels.ints(-1));
    }

    /** The mean cross entropy of logits x and labels z. */
    private Operand<TFloat32> binary(Operand<TFloat32> x, Operand<TFloat32> z) {
      return building.mean(CrossEntropy.eachBinary(building, x, z), 0);
    }

    private TopK<TFloat32, TInt32> best(Operand<TFloat32> logProbs, int most) {
      return tf.nn.topK(
          logProbs, tf.math.minimum(tf.constant(most), inputs.sequence()), TInt32.class);
    }

    /** int32 [batch]: the row of the token at a place in each sequence. */
    private Operand<TInt32> rows(Operand<TInt32> places) {
      return tf.math.add(places, firstRows());
    }

    private Operand<TInt32> firstRows() {
      return tf.range(
          tf.constant(0), tf.math.mul(inputs.batch(), inputs.sequence()), inputs.sequence());
    }
  }
}
