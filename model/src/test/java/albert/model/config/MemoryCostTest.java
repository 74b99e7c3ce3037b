package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryCostTest {
  private static final EncoderConfig ALBERT = EncoderPreset.ALBERT_BASE.config();

  @Test
  void theWorkedNumbersAreRight() {
    MemoryCost cost = MemoryCost.of(ALBERT, 1, 128);
    assertThat(cost.weightBytes()).isEqualTo(11_683_584L * 4);
    assertThat(cost.optimizerBytes()).isEqualTo(11_683_584L * 12);
    assertThat(cost.activationBytes()).isEqualTo(84_934_656 + 128 * 128 * 4);
  }

  /** A shared layer's weights are read as often as it runs: the same as without sharing. */
  @Test
  void sharingSavesWeightsAndNotWhatRuns() {
    EncoderConfig unshared = ALBERT.toBuilder().sharing(ParameterSharing.NONE).build();
    MemoryCost own = MemoryCost.of(ALBERT, 32, 128);
    MemoryCost other = MemoryCost.of(unshared, 32, 128);
    assertThat(own.weightBytesMoved()).isEqualTo(other.weightBytesMoved());
    assertThat(own.activationBytes()).isEqualTo(other.activationBytes());
    assertThat(own.optimizerBytes()).isLessThan(other.optimizerBytes() / 7);
    assertThat(MemoryCost.of(ALBERT, 64, 128).activationBytes())
        .isEqualTo(2 * own.activationBytes());
  }

  /** 12 blocks of 7,087,872, projection 99,072, norm 256, pooler 590,592, 128 rows of 3 · 128. */
  @Test
  void theWeightsThatAreReadAreThoseOfTheBlocksThatRun() {
    assertThat(MemoryCost.of(ALBERT, 1, 128).weightBytesMoved())
        .isEqualTo(4L * (12 * 7_087_872L + 99_072 + 256 + 590_592 + 128 * 3 * 128));
  }
}
