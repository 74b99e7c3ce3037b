package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.StepMemory.Reading;
import org.junit.jupiter.api.Test;

/** Closed forms; {@link albert.model.graph.KeptTensorsTest} counts over graphs. */
class StepMemoryTest {
  private static final EncoderConfig BERT =
      EncoderPreset.BERT_BASE.config().toBuilder()
          .hiddenDropoutProb(0)
          .attentionProbsDropoutProb(0)
          .build();

  @Test
  void theWorkedNumberIsRight() {
    StepMemory memory = StepMemory.training(BERT, 128, Reading.EVERY_TOKEN);
    assertThat(memory.sequenceBytes()).isEqualTo(85_733_888);
    assertThat(memory.fixedBytes())
        .isEqualTo(ParameterCount.of(BERT).trainingBytes() + 12 * 3 * 768L * 768 * 4);
  }

  /** Four bytes times 512 · (4 · 768 + 12 · 512): the scores are wider than 2 · 3072. */
  @Test
  void aForwardPassKeepsTheWidestOfABlock() {
    StepMemory longest = StepMemory.prediction(BERT, 512);
    assertThat(longest.sequenceBytes()).isEqualTo(4L * 512 * (4 * 768 + 12 * 512));
    assertThat(longest.fixedBytes()).isEqualTo(ParameterCount.of(BERT).weightBytes());
    assertThat(StepMemory.prediction(BERT, 128).sequenceBytes())
        .isEqualTo(4L * 128 * (4 * 768 + 2 * 3072));
  }

  @Test
  void aQuarterOfTheDeviceIsLeft() {
    StepMemory memory = new StepMemory(1_000, 100);
    assertThat(memory.bytes(7)).isEqualTo(1_700);
    assertThat(memory.largestBatch(2_000)).isEqualTo(5);
    assertThat(memory.largestBatch(1_467)).isEqualTo(1);
    assertThat(memory.largestBatch(1_466)).isZero();
    assertThat(memory.largestBatch(0)).isZero();
  }

  @Test
  void whatIsFarTooLargeStaysPositive() {
    EncoderConfig widest =
        BERT.toBuilder()
            .hiddenSize(65_536)
            .numAttentionHeads(65_536)
            .maxPositionEmbeddings(1_000_000)
            .build();
    StepMemory memory = StepMemory.training(widest, 1_000_000, Reading.EVERY_TOKEN);
    assertThat(memory.sequenceBytes()).isPositive();
    assertThat(memory.bytes(Integer.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(memory.largestBatch(Long.MAX_VALUE)).isEqualTo(2);
  }
}
