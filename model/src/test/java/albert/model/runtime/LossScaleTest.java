package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.io.tensorbundle.TensorBundle;
import albert.model.optim.LossScaling;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.runtime.StepResult.Scaling;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scale of the loss in float16: what it saves, when it changes, and what a skipped step is. */
final class LossScaleTest {
  private static final double RATE = 1e-2;

  /** So large that the first steps overflow: float16's largest number is 65,504. */
  private static final LossScaling HUGE = new LossScaling(1 << 24, 2_000);

  private static final LossScaling NONE = new LossScaling(1, 2_000);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(OptimizerConfig.Kind.class)
  void anOverflowChangesNoWeightAndNoMomentAndHalvesTheScale(OptimizerConfig.Kind kind) {
    try (TrainableModel model = model(rule(kind, HUGE, false), 1)) {
      model.initialize(1);
      Map<String, HostTensor> before = saved(model, "0");
      StepResult result = model.step(Tiny.batch(8, 6, 1), new StepSettings(RATE, 0, 1));
      assertThat(result.scaling()).isEqualTo(new Scaling(1 << 24, true, 1));
      assertThat(result.loss()).isFinite();
      Map<String, HostTensor> after = saved(model, "1");
      assertThat(after.remove(LossScale.SCALE)).isEqualTo(FloatTensor.of(new float[] {1 << 23}));
      assertThat(after.remove(LossScale.SKIPPED_STEPS)).isEqualTo(FloatTensor.of(new float[] {1}));
      before.keySet().retainAll(after.keySet());
      assertThat(after).isEqualTo(before);
      assertThat(after.keySet()).anyMatch(name -> name.endsWith("_v"));
    }
  }

  /** Skipped steps count neither for the optimizer nor, once it goes on, for anything else. */
  @ParameterizedTest
  @EnumSource(OptimizerConfig.Kind.class)
  void aModelThatSkippedGoesOnAsOneThatDidNot(OptimizerConfig.Kind kind) {
    List<StepResult> skipped = new ArrayList<>();
    SortedMap<String, FloatTensor> weights;
    float scale;
    try (TrainableModel model = model(rule(kind, HUGE, false), 1)) {
      model.initialize(1);
      int step = 0;
      StepResult result;
      do {
        result = model.step(Tiny.batch(8, 6, 1), new StepSettings(RATE, step++, 1));
        skipped.add(result);
      } while (result.skipped() && step < 30);
      assertThat(result.skipped()).isFalse();
      model.step(Tiny.batch(8, 6, 2), new StepSettings(RATE, step, 1));
      assertThat(model.skippedSteps()).isEqualTo(skipped.size() - 1L);
      scale = requireNonNull(result.scaling()).scale();
      weights = model.weights();
    }
    assertThat(skipped.size()).isGreaterThan(2);
    try (TrainableModel model = model(rule(kind, new LossScaling(scale, 2_000), false), 1)) {
      model.initialize(1);
      model.step(Tiny.batch(8, 6, 1), new StepSettings(RATE, 0, 1));
      model.step(Tiny.batch(8, 6, 2), new StepSettings(RATE, 1, 1));
      assertThat(model.skippedSteps()).isZero();
      assertThat(model.weights()).isEqualTo(weights);
    }
  }

  @Test
  void theScaleDoublesAfterStepsWithoutAnOverflow() {
    try (TrainableModel model =
        model(rule(OptimizerConfig.Kind.ADAMW, new LossScaling(4, 3), false), 1)) {
      model.initialize(1);
      List<Float> scales = new ArrayList<>();
      for (int step = 0; step < 8; step++) {
        StepResult result = model.step(Tiny.batch(4, 6, step), new StepSettings(RATE, step, 1));
        scales.add(requireNonNull(result.scaling()).scale());
      }
      assertThat(scales).containsExactly(4f, 4f, 4f, 8f, 8f, 8f, 16f, 16f);
    }
  }

  /** The scale doubles so soon that it overflows again and again. */
  @Test
  void aRestoredModelGoesOnBitForBit() {
    UpdateRule rule = rule(OptimizerConfig.Kind.ADAMW, new LossScaling(1 << 19, 2), false);
    List<StepResult> unbroken = new ArrayList<>();
    SortedMap<String, FloatTensor> weights;
    try (TrainableModel model = model(rule, 1)) {
      model.initialize(3);
      steps(model, 0, 9, new ArrayList<>());
      model.save(folder.resolve("model.ckpt"), 9);
      steps(model, 9, 18, unbroken);
      weights = model.weights();
    }
    assertThat(unbroken).anyMatch(StepResult::skipped).anyMatch(result -> !result.skipped());
    List<StepResult> resumed = new ArrayList<>();
    try (TrainableModel model = model(rule, 1)) {
      model.initialize(99);
      assertThat(model.restore(folder.resolve("model.ckpt"))).isEqualTo(9);
      steps(model, 9, 18, resumed);
      assertThat(model.weights()).isEqualTo(weights);
    }
    assertThat(resumed).isEqualTo(unbroken);
  }

  @Test
  void anOverflowInOneBatchOfSeveralSkipsTheUpdate() {
    UpdateRule rule = rule(OptimizerConfig.Kind.ADAMW, LossScaling.DEFAULT, true);
    StepSettings half = new StepSettings(RATE, 0, 1, 0, 0.5);
    try (TrainableModel model = model(rule, 1e5)) {
      model.initialize(1);
      SortedMap<String, FloatTensor> before = model.weights();
      model.accumulate(ofClass(2), half); // whose weight makes it overflow
      StepResult result = model.step(ofClass(0), half);
      assertThat(result.skipped()).isTrue();
      assertThat(model.weights()).isEqualTo(before);
      model.accumulate(ofClass(0), half);
      StepResult next = model.step(ofClass(0), half);
      assertThat(next.scaling()).isEqualTo(new Scaling(1 << 15, false, 1));
      assertThat(next.gradientNorm()).isBetween(1e-3f, 10f); // nothing of the first is left
    }
  }

  /** Gradients of 1e-8 of a loss are below 6e-8, float16's least number. */
  @Test
  void gradientsThatFloat16HasNoNumbersForSurvive() {
    SortedMap<String, FloatTensor> exact = gradients(Precision.FLOAT32, LossScaling.DEFAULT);
    SortedMap<String, FloatTensor> scaled = gradients(Precision.FLOAT16, LossScaling.DEFAULT);
    SortedMap<String, FloatTensor> lost = gradients(Precision.FLOAT16, NONE);
    String kernel =
        "bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/dense/kernel";
    double size = largest(exact, kernel);
    assertThat(size).isBetween(1e-12, 1e-8);
    assertThat(largest(lost, kernel)).isZero();
    Golden.assertClose(kernel, scaled.get(kernel), exact.get(kernel), 0.02, 0);
  }

  @Test
  void aCheckpointOfAnotherPrecisionIsRefused() {
    UpdateRule rule = rule(OptimizerConfig.Kind.ADAMW, LossScaling.DEFAULT, false);
    try (TrainableModel model =
        TrainableModel.build(
            still(), heads(1), rule, new RuntimeOptions(1, Device.CPU, Precision.FLOAT32))) {
      model.initialize(1);
      assertThat(model.skippedSteps()).isNull();
      model.save(folder.resolve("model.ckpt"), 1);
    }
    try (TrainableModel model = model(rule, 1)) {
      assertThatThrownBy(() -> model.restore(folder.resolve("model.ckpt")))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("precision is float16, but ")
          .hasMessageContaining(
              "model.ckpt has no loss_scale: it was written in another precision");
    }
  }

  @Test
  void aScaleIsAPowerOfTwo() {
    assertThatThrownBy(() -> new LossScaling(3, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a power of two");
    assertThat(new LossScaling(0.25f, 1).initial()).isEqualTo(0.25f);
  }

  private static double largest(SortedMap<String, FloatTensor> gradients, String name) {
    double largest = 0;
    for (float value : requireNonNull(gradients.get(name)).values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Of a loss times 1e-8. */
  private static SortedMap<String, FloatTensor> gradients(
      Precision precision, LossScaling scaling) {
    try (TrainableModel model =
        TrainableModel.build(
            still(),
            List.of(new ClassificationHead(3, List.of(1e-8, 1e-8, 1e-8))),
            rule(OptimizerConfig.Kind.ADAMW, scaling, false),
            new RuntimeOptions(1, Device.CPU, precision))) {
      model.initialize(1);
      return model.gradients(Tiny.batch(8, 6, 1), 0);
    }
  }

  private static Map<String, HostTensor> ofClass(int label) {
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(4, 6, 1));
    batch.put(ClassificationHead.LABELS, IntTensor.of(new int[] {label, label, label, label}, 4));
    return batch;
  }

  private static void steps(TrainableModel model, int from, int to, List<StepResult> trace) {
    for (int step = from; step < to; step++) {
      trace.add(model.step(Tiny.batch(4, 8, step), new StepSettings(RATE, step, 5)));
    }
  }

  private Map<String, HostTensor> saved(TrainableModel model, String name) {
    model.save(folder.resolve(name), 0);
    TensorBundle bundle = TensorBundle.open(folder.resolve(name));
    Map<String, HostTensor> all = new TreeMap<>();
    bundle.shapes().keySet().stream()
        .filter(variable -> !variable.equals("global_step")) // is fed
        .forEach(variable -> all.put(variable, bundle.read(variable)));
    return all;
  }

  private static UpdateRule rule(
      OptimizerConfig.Kind kind, LossScaling scaling, boolean accumulates) {
    OptimizerConfig optimizer =
        kind == OptimizerConfig.Kind.ADAMW ? OptimizerConfig.adamW() : OptimizerConfig.google(kind);
    return new UpdateRule(optimizer, 1, 1, accumulates, scaling);
  }

  private static TrainableModel model(UpdateRule rule, double weightOfLast) {
    return TrainableModel.build(
        still(), heads(weightOfLast), rule, new RuntimeOptions(1, Device.CPU, Precision.FLOAT16));
  }

  private static List<Head> heads(double weightOfLast) {
    return List.of(new ClassificationHead(3, List.of(1.0, 1.0, weightOfLast)));
  }

  private static EncoderConfig still() {
    return Tiny.config().toBuilder()
        .hiddenDropoutProb(0)
        .attentionProbsDropoutProb(0)
        .classifierDropoutProb(0)
        .initializerRange(0.2)
        .build();
  }
}
