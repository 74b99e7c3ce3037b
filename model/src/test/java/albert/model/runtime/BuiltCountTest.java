package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ParameterCount;
import albert.model.head.ClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.testing.ExactCount;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The variables of a built graph, counted, for sizes that are never allocated here. */
class BuiltCountTest {
  @TestFactory
  Stream<DynamicTest> everyExactCountIsBuilt() throws IOException {
    return ExactCount.all().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(), () -> assertThat(built(row.config())).isEqualTo(row.parameters())));
  }

  @ParameterizedTest
  @EnumSource
  void everyPresetIsBuiltAsCounted(EncoderPreset preset) {
    assertThat(built(preset.config())).isEqualTo(preset.expectedParameters());
  }

  private static long built(EncoderConfig config) {
    int labels = 2;
    TrainingGraph graph =
        TrainingGraph.build(
            config,
            List.of(new ClassificationHead(labels)),
            UpdateRule.of(OptimizerConfig.adamW()),
            false,
            RuntimeOptions.reproducible());
    long all =
        graph.shapes().values().stream()
            .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
            .sum();
    return all - ParameterCount.classificationHead(config, labels);
  }
}
