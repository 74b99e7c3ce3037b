package albert.model.compress;

import albert.model.config.EncoderConfig;
import albert.model.io.ModelVariable;
import albert.model.runtime.GraphSession;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Tables of width E and a projection whose output comes near a BERT's normalised embeddings, in
 * closed form.
 *
 * <p>A BERT computes γ ⊙ (x - mean x) / σ + β for x the sum of a word's, a position's and a type's
 * row. With V the first E - 1 right singular vectors of the outputs of many samples (the truncated
 * SVD), γ ⊙ V, centred, spans what they read of a row; with U its orthonormal basis each table
 * becomes table · U Qᵀ, where Q is an orthonormal basis of what is orthogonal to (1, …, 1) in E
 * dimensions. There the mean is 0 and layer norm only divides, by a σ' that stands to σ as the part
 * of x that U keeps. Projection and bias are then the least squares of the outputs on the
 * normalised rows. A centred row has H - 1 degrees of freedom: nothing is lost at E = H.
 */
final class EmbeddingFactorisation {
  private static final String ERROR = "error";

  private static final Map<String, ModelVariable> TABLES =
      Map.of(
          "words", ModelVariable.WORD_EMBEDDINGS,
          "positions", ModelVariable.POSITION_EMBEDDINGS,
          "types", ModelVariable.TOKEN_TYPE_EMBEDDINGS);

  private final Ops tf;
  private final EncoderConfig source;
  private final int embeddingSize;
  private final Map<String, Operand<TFloat32>> placeholders = new HashMap<>();
  private final Map<String, Operand<TInt32>> ids = new HashMap<>();

  private EmbeddingFactorisation(Ops tf, EncoderConfig source, int embeddingSize) {
    this.tf = tf;
    this.source = source;
    this.embeddingSize = embeddingSize;
  }

  /**
   * The factors.
   *
   * @param variables by the names of {@link ModelVariable}: the three tables, layer norm,
   *     projection
   * @param error mean squared distance to the source's outputs, as a part of their variance
   */
  record Factors(Map<String, FloatTensor> variables, double error) {}

  /**
   * Fits them.
   *
   * @param embeddingSize E, 2 to H
   * @param samples int32 [n] each, by "words", "positions" and "types"
   */
  static Factors fit(
      EncoderConfig source,
      Map<String, FloatTensor> weights,
      int embeddingSize,
      Map<String, ? extends HostTensor> samples,
      RuntimeOptions options) {
    RuntimeOptions resolved = options.resolve();
    Map<String, HostTensor> feeds = new TreeMap<>(samples);
    TABLES.forEach((name, table) -> feeds.put(name + ".table", variable(weights, table)));
    feeds.put("gamma", variable(weights, ModelVariable.EMBEDDINGS_GAMMA));
    feeds.put("beta", variable(weights, ModelVariable.EMBEDDINGS_BETA));
    List<ModelVariable> fitted =
        List.of(
            ModelVariable.WORD_EMBEDDINGS,
            ModelVariable.POSITION_EMBEDDINGS,
            ModelVariable.TOKEN_TYPE_EMBEDDINGS,
            ModelVariable.PROJECTION_KERNEL,
            ModelVariable.PROJECTION_BIAS);
    List<String> outputs = List.of("words.out", "positions.out", "types.out", "kernel", "bias");
    try (Graph graph = new Graph()) {
      new EmbeddingFactorisation(Ops.create(graph), source, embeddingSize).build();
      try (GraphSession session = new GraphSession(graph.toGraphDef(), resolved)) {
        List<FloatTensor> values = session.call().feed(feeds).fetch(outputs);
        Map<String, FloatTensor> variables = new TreeMap<>();
        for (int i = 0; i < fitted.size(); i++) {
          variables.put(fitted.get(i).variableName(), values.get(i));
        }
        variables.put(ModelVariable.EMBEDDINGS_GAMMA.variableName(), filled(1, embeddingSize));
        variables.put(ModelVariable.EMBEDDINGS_BETA.variableName(), filled(0, embeddingSize));
        float error = session.call().feed(feeds).fetch(List.of(ERROR)).get(0).values()[0];
        return new Factors(variables, error);
      }
    }
  }

  private static FloatTensor variable(Map<String, FloatTensor> weights, ModelVariable variable) {
    return Objects.requireNonNull(weights.get(variable.variableName()), variable.variableName());
  }

  private static FloatTensor filled(float value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return FloatTensor.of(values, size);
  }

  private void build() {
    int hidden = source.hiddenSize();
    int rank = embeddingSize - 1;
    Operand<TFloat32> gamma = floats("gamma", hidden);
    Operand<TFloat32> beta = floats("beta", hidden);
    Operand<TFloat32> outputs = tf.math.mul(normalised(sum(null)), gamma);

    Operand<TFloat64> moments = moments(doubles(outputs));
    Operand<TFloat64> vectors = tf.linalg.selfAdjointEig(moments).v();
    Operand<TFloat32> leading =
        tf.dtypes.cast(
            tf.slice(
                vectors,
                tf.constant(new int[] {0, hidden - rank}),
                tf.constant(new int[] {hidden, rank})),
            TFloat32.class);
    Operand<TFloat32> scaled = tf.math.mul(leading, tf.expandDims(gamma, tf.constant(1)));
    Operand<TFloat32> centred =
        tf.math.sub(scaled, tf.math.mean(scaled, tf.constant(new int[] {0}), Mean.keepDims(true)));
    Operand<TFloat32> basis = basis();
    Operand<TFloat32> orthonormal = tf.linalg.qr(centred).q();
    Operand<TFloat32> down = tf.linalg.matMul(orthonormal, basis, MatMul.transposeB(true));
    for (String table : TABLES.keySet()) {
      tf.withName(table + ".out").linalg.matMul(table(table), down);
    }
    solve(normalised(sum(down)), outputs, basis, beta);
  }

  /**
   * The least squares of the outputs on the normalised rows, in the E - 1 coordinates they have.
   */
  private void solve(
      Operand<TFloat32> rows,
      Operand<TFloat32> outputs,
      Operand<TFloat32> basis,
      Operand<TFloat32> beta) {
    int rank = embeddingSize - 1;
    Operand<TFloat64> coordinates = doubles(tf.linalg.matMul(rows, basis));
    Operand<TFloat64> ones = tf.fill(tf.stack(List.of(count(), tf.constant(1))), tf.constant(1.0));
    Operand<TFloat64> design = tf.concat(List.of(coordinates, ones), tf.constant(1));
    Operand<TFloat64> wanted = doubles(outputs);
    Operand<TFloat64> ridge = tf.linalg.tensorDiag(tf.fill(tf.array(rank + 1), tf.constant(1e-9)));
    Operand<TFloat64> solution =
        tf.linalg.solve(tf.math.add(moments(design), ridge), product(design, wanted));
    Operand<TFloat64> missed = tf.math.sub(wanted, tf.linalg.matMul(design, solution));
    Operand<TFloat64> spread =
        tf.math.sub(wanted, tf.math.mean(wanted, tf.constant(new int[] {0}), Mean.keepDims(true)));
    tf.withName(ERROR).dtypes.cast(tf.math.div(squares(missed), squares(spread)), TFloat32.class);

    Operand<TFloat32> solved = tf.dtypes.cast(solution, TFloat32.class);
    Operand<TFloat32> slopes =
        tf.slice(solved, tf.array(0, 0), tf.array(rank, source.hiddenSize()));
    Operand<TFloat32> offset = tf.gather(solved, tf.constant(rank), tf.constant(0));
    tf.withName("kernel").linalg.matMul(basis, slopes);
    tf.withName("bias").math.add(offset, beta);
  }

  /** The sum of the samples' rows, taken through a matrix if there is one. */
  private Operand<TFloat32> sum(@Nullable Operand<TFloat32> through) {
    List<Operand<TFloat32>> rows =
        TABLES.keySet().stream()
            .sorted()
            .map(name -> (Operand<TFloat32>) tf.gather(table(name), ids(name), tf.constant(0)))
            .toList();
    Operand<TFloat32> sum = tf.math.addN(rows);
    return through == null ? sum : tf.linalg.matMul(sum, through);
  }

  private Operand<TFloat32> normalised(Operand<TFloat32> x) {
    Operand<TInt32> last = tf.constant(new int[] {1});
    Operand<TFloat32> centred = tf.math.sub(x, tf.math.mean(x, last, Mean.keepDims(true)));
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(centred), last, Mean.keepDims(true));
    return tf.math.mul(
        centred, tf.math.rsqrt(tf.math.add(variance, tf.constant((float) source.layerNormEps()))));
  }

  /**
   * float32 [E, E - 1]: an orthonormal basis of what is orthogonal to (1, …, 1), Helmert's. Column
   * k has k + 1 equal entries, then one that makes its sum 0.
   */
  private Operand<TFloat32> basis() {
    int rank = embeddingSize - 1;
    float[] values = new float[embeddingSize * rank];
    for (int column = 0; column < rank; column++) {
      double norm = Math.sqrt((column + 1.0) * (column + 2.0));
      for (int row = 0; row <= column; row++) {
        values[row * rank + column] = (float) (1 / norm);
      }
      values[(column + 1) * rank + column] = (float) (-(column + 1) / norm);
    }
    return tf.reshape(tf.constant(values), tf.array(embeddingSize, rank));
  }

  /** Placeholder of a table: float32 [rows, H]. */
  private Operand<TFloat32> table(String name) {
    return placeholders.computeIfAbsent(
        name,
        table ->
            tf.withName(table + ".table")
                .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, source.hiddenSize()))));
  }

  private Operand<TInt32> ids(String name) {
    return ids.computeIfAbsent(
        name,
        table -> tf.withName(table).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))));
  }

  private Operand<TFloat32> floats(String name, int size) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.of(size)));
  }

  /** int32 []: how many samples there are. */
  private Operand<TInt32> count() {
    return tf.gather(tf.shape(ids("words")), tf.constant(0), tf.constant(0));
  }

  private Operand<TFloat64> doubles(Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }

  /** xᵀ x over the number of rows. */
  private Operand<TFloat64> moments(Operand<TFloat64> x) {
    return product(x, x);
  }

  /** xᵀ y over the number of rows. */
  private Operand<TFloat64> product(Operand<TFloat64> x, Operand<TFloat64> y) {
    return tf.math.div(
        tf.linalg.matMul(x, y, MatMul.transposeA(true)), tf.dtypes.cast(count(), TFloat64.class));
  }

  private Operand<TFloat64> squares(Operand<TFloat64> x) {
    return tf.reduceSum(tf.math.square(x), tf.array(0, 1));
  }
}
