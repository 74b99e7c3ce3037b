package albert.model.head;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.graph.Primitives;
import albert.model.graph.WeightSource;
import albert.model.layer.Building;
import albert.model.testing.Tiny;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.activations.AbstractActivation;
import org.tensorflow.framework.activations.GELU;
import org.tensorflow.framework.activations.ReLU;
import org.tensorflow.framework.initializers.Ones;
import org.tensorflow.framework.initializers.TruncatedNormal;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.framework.losses.Reduction;
import org.tensorflow.framework.losses.SparseCategoricalCrossentropy;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Initial values, activations and losses against those of TensorFlow-Java's own framework. */
final class AgainstFrameworkTest {
  private static final float[] POINTS = points();
  private static final int CLASSES = 5;
  private static final int[] RIGHT = {0, 4, 2, 2, 1, 3, 0};

  /** Of values of about 1 in float32. */
  private static final Offset<Float> CLOSE = Offset.offset(2e-6f);

  private static float[] points() {
    SplittableRandom random = new SplittableRandom(3);
    float[] points = new float[7 * CLASSES];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) (random.nextDouble() * 8 - 4);
    }
    return points;
  }

  /** The same generator, drawn with the same key: bit for bit. */
  @ParameterizedTest
  @ValueSource(longs = {0, 7, -1, Long.MAX_VALUE})
  void initialValuesAreTheFrameworksBitForBit(long seed) {
    List<float[]> values =
        run(
            tf -> {
              Operand<TInt32> shape = tf.constant(new int[] {40, 50});
              Operand<TInt64> long_ = tf.constant(new long[] {40, 50});
              Operand<TInt64> key = tf.constant(new long[] {seed, 0});
              return List.of(
                  new Initializer.TruncatedNormal(0.02).value(tf, shape, key),
                  new TruncatedNormal<TFloat32>(0, 0.02, seed).call(tf, long_, TFloat32.class),
                  Initializer.ones().value(tf, shape, key),
                  new Ones<TFloat32>().call(tf, long_, TFloat32.class),
                  Initializer.zeros().value(tf, shape, key),
                  new Zeros<TFloat32>().call(tf, long_, TFloat32.class));
            });
    assertThat(values.get(0)).hasSize(2000).isEqualTo(values.get(1));
    assertThat(values.get(2)).hasSize(2000).isEqualTo(values.get(3));
    assertThat(values.get(4)).hasSize(2000).isEqualTo(values.get(5));
  }

  /** With and without the gradients that are written by hand. */
  @ParameterizedTest
  @EnumSource(HiddenAct.class)
  void activationsAreTheFrameworks(HiddenAct act) {
    List<float[]> values =
        run(
            tf -> {
              Operand<TFloat32> x = tf.constant(POINTS);
              Kernels kernels = new Kernels(tf);
              AbstractActivation published =
                  switch (act) {
                    case GELU -> new GELU(false);
                    case GELU_NEW -> new GELU(true);
                    case RELU -> new ReLU();
                  };
              return List.of(
                  published.call(tf, x),
                  new Primitives(kernels, false).activation(act, x),
                  new Primitives(kernels, true).activation(act, x));
            });
    assertThat(values.get(1)).containsExactly(values.get(0), CLOSE);
    assertThat(values.get(2)).containsExactly(values.get(0), CLOSE);
  }

  @Test
  void theMeanLossIsTheFrameworks() {
    assertSameLoss(
        building -> CrossEntropy.mean(building, logits(building), right(building.tf(), RIGHT)),
        tf -> published(tf, Reduction.SUM_OVER_BATCH_SIZE, new float[] {1, 1, 1, 1, 1, 1, 1}));
  }

  @Test
  void weightsOfClassesAreItsWeightsOfExamples() {
    List<Double> weights = List.of(0.5, 2.0, 1.0, 0.0, 4.0);
    float[] each = new float[RIGHT.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = weights.get(RIGHT[i]).floatValue();
    }
    assertSameLoss(
        building ->
            CrossEntropy.mean(building, logits(building), right(building.tf(), RIGHT), weights),
        tf -> published(tf, Reduction.SUM_OVER_BATCH_SIZE, each));
  }

  @Test
  void rowsThatDoNotCountAreItsWeightsOfZero() {
    int[] some = RIGHT.clone();
    some[1] = -1;
    some[4] = -100;
    assertSameLoss(
        building ->
            CrossEntropy.meanOfCounted(building, logits(building), right(building.tf(), some)),
        tf ->
            tf.math.div(
                published(tf, Reduction.SUM, new float[] {1, 0, 1, 1, 0, 1, 1}), tf.constant(5f)));
  }

  private static void assertSameLoss(
      Function<Building, Operand<TFloat32>> own, Function<Ops, Operand<TFloat32>> published) {
    EncoderConfig config = Tiny.config();
    WeightSource none =
        (name, initializer, shape) -> {
          throw new IllegalStateException("a loss has no weights");
        };
    List<float[]> values =
        run(tf -> List.of(own.apply(Building.training(tf, config, none, 1)), published.apply(tf)));
    assertThat(values.get(0)).hasSize(1).containsExactly(values.get(1), CLOSE);
    assertThat(values.get(0)[0]).isGreaterThan(0.5f);
  }

  private static Operand<TFloat32> logits(Building building) {
    return logits(building.tf());
  }

  private static Operand<TFloat32> logits(Ops tf) {
    return tf.reshape(tf.constant(POINTS), tf.constant(new int[] {RIGHT.length, CLASSES}));
  }

  private static Operand<TInt32> right(Ops tf, int[] classes) {
    return tf.constant(classes);
  }

  private static Operand<TFloat32> published(Ops tf, Reduction reduction, float[] weights) {
    return new SparseCategoricalCrossentropy(true, reduction)
        .call(tf, right(tf, RIGHT), logits(tf), tf.constant(weights));
  }

  private static List<float[]> run(Function<Ops, List<Operand<TFloat32>>> building) {
    List<float[]> all = new ArrayList<>();
    try (Graph graph = new Graph()) {
      List<Operand<TFloat32>> outputs = building.apply(Ops.create(graph));
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        outputs.forEach(runner::fetch);
        try (Result result = runner.run()) {
          for (int i = 0; i < outputs.size(); i++) {
            TFloat32 tensor = (TFloat32) result.get(i);
            float[] values = new float[(int) tensor.size()];
            tensor.asRawTensor().data().asFloats().read(values);
            all.add(values);
          }
        }
      }
    }
    return all;
  }
}
