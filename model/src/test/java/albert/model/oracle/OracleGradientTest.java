package albert.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The hand-derived gradients against central differences of the oracle's own forward pass. */
class OracleGradientTest {
  private static final double STEP = 1e-5;

  /** Central differences err by STEP² times a third derivative, and by rounding over STEP. */
  private static final double TOLERANCE = 1e-7;

  private static final List<Integer> OWN = List.of(0, 1, 2, 3);
  private static final List<Integer> ONE = List.of(0, 0, 0, 0);
  private static final List<Integer> TWO = List.of(0, 0, 1, 1);

  /** Two sequences of three tokens; the last token of the second is padding. */
  private static final Oracle.Inputs INPUTS =
      new Oracle.Inputs(
          2,
          new int[] {1, 4, 4, 6, 1, 0},
          new int[] {1, 1, 1, 1, 1, 0},
          new int[] {0, 0, 1, 0, 1, 0});

  private static final Target MASKED_LM =
      new Target.MaskedLm(
          new int[] {1, 2, 1, 0}, new int[] {5, 2, 3, 0}, new double[] {1, 1, 1, 0});
  private static final Target PAIR = new Target.SentencePair(new int[] {1, 0});
  private static final Target CLASSES = new Target.Classes(3, new int[] {2, 0});
  private static final Target NUMBERS = new Target.Numbers(new double[] {0.7, -1.2});

  private static final Target SPAN = new Target.Span(new int[] {1, 0}, new int[] {2, 0});
  private static final Target BEAM_SPAN =
      new Target.BeamSpan(new int[] {0, 0}, new int[] {0, 0}, new double[] {0, 1});

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void gradientsAreTheDerivativesOfTheLoss(
      String unusedName, Oracle.Sizes sizes, List<Target> targets) {
    Map<String, double[]> weights = weights(sizes, targets);

    Map<String, double[]> gradients = Oracle.gradients(sizes, weights, INPUTS, targets);

    assertThat(gradients.keySet()).isEqualTo(weights.keySet());
    weights.forEach(
        (name, value) -> {
          double[] gradient = Objects.requireNonNull(gradients.get(name));
          assertThat(gradient).as(name).hasSameSizeAs(value);
          for (int i = 0; i < value.length; i++) {
            double original = value[i];
            value[i] = original + STEP;
            double above = loss(sizes, weights, targets);
            value[i] = original - STEP;
            double below = loss(sizes, weights, targets);
            value[i] = original;
            assertThat(gradient[i])
                .as("%s at %d", name, i)
                .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
          }
        });
  }

  static Stream<Arguments> gradientsAreTheDerivativesOfTheLoss() {
    Activation.Kind erf = Activation.Kind.GELU_ERF;
    Activation.Kind tanh = Activation.Kind.GELU_TANH;
    Activation.Kind relu = Activation.Kind.RELU;
    List<Target> pretraining = List.of(MASKED_LM, PAIR);
    return Stream.of(
        arguments("none, erf, ALBERT", sizes(3, erf, OWN, OWN, 1, true, false), pretraining),
        arguments("all, tanh, ALBERT", sizes(3, tanh, ONE, ONE, 1, true, false), pretraining),
        arguments("all in 2, inner 2", sizes(3, tanh, TWO, TWO, 2, true, false), pretraining),
        arguments("attention, relu", sizes(3, relu, ONE, OWN, 1, true, false), pretraining),
        arguments("attention in 2, BERT", sizes(3, erf, TWO, OWN, 1, true, true), pretraining),
        arguments("ffn in 2, inner 2, BERT", sizes(3, erf, OWN, TWO, 2, true, true), pretraining),
        arguments("different sets", sizes(3, tanh, TWO, ONE, 1, true, false), pretraining),
        arguments("E = H", sizes(4, tanh, ONE, ONE, 1, false, false), pretraining),
        arguments("E = H, projected", sizes(4, tanh, ONE, ONE, 1, true, false), pretraining),
        arguments("classification", sizes(3, tanh, ONE, ONE, 1, true, false), List.of(CLASSES)),
        arguments("mean of the tokens", meanPooled(), List.of(CLASSES)),
        arguments("regression", sizes(3, erf, OWN, OWN, 1, true, true), List.of(NUMBERS)),
        arguments("span", sizes(3, tanh, ONE, ONE, 1, true, false), List.of(SPAN)),
        arguments("span by beam", sizes(3, tanh, ONE, ONE, 1, true, false), List.of(BEAM_SPAN)));
  }

  @Test
  void sharedWeightsAreThoseOfTheirSetAndSumTheGradientsOfTheirUses() {
    Oracle.Sizes shared = sizes(3, Activation.Kind.GELU_TANH, TWO, OWN, 1, true, true);
    Oracle.Sizes expanded = sizes(3, Activation.Kind.GELU_TANH, OWN, OWN, 1, true, true);
    List<Target> targets = List.of(MASKED_LM, PAIR);
    Map<String, double[]> weights = weights(shared, targets);
    Map<String, double[]> copies = new TreeMap<>();
    Variables.of(expanded, targets)
        .keySet()
        .forEach(name -> copies.put(name, Objects.requireNonNull(weights.get(sharedName(name)))));

    Map<String, double[]> summed = new TreeMap<>();
    Oracle.gradients(expanded, copies, INPUTS, targets)
        .forEach(
            (name, gradient) ->
                Layer.add(
                    summed.computeIfAbsent(sharedName(name), absent -> new double[gradient.length]),
                    gradient));

    assertThat(loss(shared, weights, targets)).isEqualTo(loss(expanded, copies, targets));
    Map<String, double[]> gradients = Oracle.gradients(shared, weights, INPUTS, targets);
    assertThat(gradients.keySet()).isEqualTo(summed.keySet());
    gradients.forEach(
        (name, gradient) ->
            assertThat(gradient)
                .as(name)
                .containsExactly(Objects.requireNonNull(summed.get(name)), within(1e-12)));
  }

  /** Layers 0 and 1 use attention set 0, layers 2 and 3 set 1. */
  private static String sharedName(String name) {
    return name.contains("/attention/")
        ? name.replaceFirst("layer_[01]/", "layer_0/").replaceFirst("layer_[23]/", "layer_1/")
        : name;
  }

  @Test
  void paddingChangesNothing() {
    Oracle.Sizes sizes = sizes(3, Activation.Kind.GELU_TANH, ONE, OWN, 1, true, false);
    List<Target> targets = List.of(PAIR);
    Map<String, double[]> weights = weights(sizes, targets);
    Oracle.Inputs other =
        new Oracle.Inputs(
            2,
            new int[] {1, 4, 4, 6, 1, 5},
            new int[] {1, 1, 1, 1, 1, 0},
            new int[] {0, 0, 1, 0, 1, 1});

    assertThat(Oracle.run(sizes, weights, other, targets).get("pooled_output"))
        .isEqualTo(Oracle.run(sizes, weights, INPUTS, targets).get("pooled_output"));
  }

  /** Reference values of Φ to 15 decimals. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.841344746068543",
    "-1, 0.158655253931457",
    "2.5, 0.993790334674224",
    "-6, 0.000000000986588",
    "9, 1",
    "-9, 0"
  })
  void normalDistribution(double x, double expected) {
    assertThat(Activation.normalCdf(x)).isCloseTo(expected, within(2e-15));
  }

  private static double loss(
      Oracle.Sizes sizes, Map<String, double[]> weights, List<Target> targets) {
    return Objects.requireNonNull(Oracle.run(sizes, weights, INPUTS, targets).get("total_loss"))[0];
  }

  private static Oracle.Sizes sizes(
      int embedding,
      Activation.Kind activation,
      List<Integer> attentionSets,
      List<Integer> ffnSets,
      int innerBlocks,
      boolean projected,
      boolean bertNames) {
    return new Oracle.Sizes(
        7,
        embedding,
        4,
        5,
        2,
        2,
        5,
        activation,
        1e-12,
        attentionSets,
        ffnSets,
        innerBlocks,
        projected,
        bertNames,
        false);
  }

  private static Oracle.Sizes meanPooled() {
    return new Oracle.Sizes(
        7, 3, 4, 5, 2, 2, 5, Activation.Kind.GELU_TANH, 1e-12, ONE, ONE, 1, true, false, true);
  }

  /** Weights around 0, layer-norm scales around 1; every variable that the model asks for. */
  private static Map<String, double[]> weights(Oracle.Sizes sizes, List<Target> targets) {
    SplittableRandom random = new SplittableRandom(17);
    Map<String, double[]> weights = new TreeMap<>();
    Variables.of(sizes, targets)
        .forEach(
            (name, size) -> {
              double centre = name.endsWith("gamma") ? 1 : 0;
              weights.put(
                  name, random.doubles(size, -0.8, 0.8).map(value -> centre + value).toArray());
            });
    return weights;
  }
}
