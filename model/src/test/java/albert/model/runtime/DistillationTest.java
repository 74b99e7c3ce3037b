package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.Distillation.Encoder;
import albert.model.runtime.Distillation.Lesson;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A tiny student and its teacher. */
final class DistillationTest {
  private static final RuntimeOptions EXACT = RuntimeOptions.reproducible();
  private static final OptimizerConfig OPTIMIZER = OptimizerConfig.adamW();
  private static final Lesson LAYERS = new Lesson(1, 4, name -> !name.contains("embedding"));

  @Test
  void aStudentThatIsItsTeacherHasNothingToLearn() {
    Encoder teacher = encoder(1);
    try (Distillation distillation = Distillation.build(teacher, LAYERS, OPTIMIZER, EXACT)) {
      assertThat(distillation.distances(batch(), states(teacher, batch(), 0)))
          .hasSize(5)
          .allMatch(d -> d < 1e-10);
    }
  }

  @Test
  void aStudentComesNearAndWhatItMayNotChangeStays() {
    Encoder student = encoder(2);
    List<FloatTensor> wanted = states(encoder(1), batch(), 1);
    try (Distillation distillation = Distillation.build(student, LAYERS, OPTIMIZER, EXACT)) {
      double before = distillation.step(batch(), wanted, 1e-2, 0);
      for (int step = 1; step < 150; step++) {
        distillation.step(batch(), wanted, 1e-2, step);
      }
      assertThat(distillation.step(batch(), wanted, 0, 150)).isLessThan(0.5 * before);
      Map<String, FloatTensor> learnt = distillation.weights();
      assertThat(learnt.keySet()).noneMatch(name -> name.contains("embedding"));
      assertThat(learnt)
          .containsKey("bert/encoder/transformer/group_1/inner_group_0/LayerNorm_1/gamma")
          .doesNotContainKey("bert/pooler/dense/kernel")
          .allSatisfy(
              (name, tensor) -> assertThat(tensor).isNotEqualTo(student.weights().get(name)));
    }
  }

  @Test
  void paddingDoesNotCount() {
    Map<String, HostTensor> batch = batch();
    try (Distillation distillation = Distillation.build(encoder(2), LAYERS, OPTIMIZER, EXACT)) {
      List<Double> distances = distillation.distances(batch, states(encoder(1), batch, 0));
      int[] ids = ((IntTensor) Objects.requireNonNull(batch.get("input_ids"))).values();
      for (int row = 0; row < 4; row++) {
        ids[row * 8 + 7] = 49; // the last of each row is padding
      }
      assertThat(distillation.distances(batch, states(encoder(1), batch, 0))).isEqualTo(distances);
    }
  }

  @Test
  void aLossIsTheMeanOfTheDistancesThatTheLessonNames() {
    Encoder teacher = encoder(1);
    List<FloatTensor> all = states(teacher, batch(), 0);
    Lesson two = new Lesson(2, 3, name -> true);
    try (Distillation distillation = Distillation.build(encoder(2), two, OPTIMIZER, EXACT)) {
      List<Double> distances = distillation.distances(batch(), all);
      assertThat(distillation.step(batch(), all.subList(2, 4), 0, 0))
          .isCloseTo((distances.get(2) + distances.get(3)) / 2, within(1e-6));
    }
  }

  private static List<FloatTensor> states(Encoder of, Map<String, HostTensor> batch, int first) {
    try (HiddenStates teacher = HiddenStates.of(of, EXACT)) {
      return teacher.of(batch, first, 4);
    }
  }

  /** Its gradients are too small for float16. */
  @Test
  void inFloat16ItComputesInFloat32() {
    assertThat(distances(Precision.FLOAT16)).isEqualTo(distances(Precision.FLOAT32));
  }

  private static List<Double> distances(Precision precision) {
    RuntimeOptions options = new RuntimeOptions(1, Device.CPU, precision);
    try (HiddenStates teacher = HiddenStates.of(encoder(1), options);
        Distillation distillation = Distillation.build(encoder(2), LAYERS, OPTIMIZER, options)) {
      distillation.step(batch(), teacher.of(batch(), 1, 4), 1e-2, 0);
      return distillation.distances(batch(), teacher.of(batch(), 0, 4));
    }
  }

  private static Map<String, HostTensor> batch() {
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(4, 8, 3));
    batch.remove(ClassificationHead.LABELS);
    return batch;
  }

  private static Encoder encoder(long seed) {
    EncoderConfig config = Tiny.config().toBuilder().initializerRange(0.3).build();
    try (TrainableModel model =
        TrainableModel.build(config, List.of(new ClassificationHead(3)), OPTIMIZER, EXACT)) {
      model.initialize(seed);
      return new Encoder(config, model.weights());
    }
  }
}
