package albert.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostTensorTest {

  @Test
  void shapeAndValuesAgree() {
    assertThat(IntTensor.of(new int[6], 2, 3).size()).isEqualTo(6);
    assertThat(FloatTensor.of(new float[1]).shape()).isEmpty();
    assertThat(FloatTensor.of(new float[0], 1L << 40, 1L << 40, 0).size()).isZero();
  }

  @Test
  void otherNumbersOfValuesAreRefused() {
    assertThatThrownBy(() -> FloatTensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 3] does not fit 5 values");
    assertThatThrownBy(() -> IntTensor.of(new int[1], -1, -1))
        .isInstanceOf(IllegalArgumentException.class);
    // 2^64 and 2^32 wrap around to 0
    assertThatThrownBy(() -> IntTensor.of(new int[0], 1L << 32, 1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntTensor.of(new int[0], 1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalityIsOfShapeAndValues() {
    assertThat(IntTensor.of(new int[] {1, 2}, 2)).isEqualTo(IntTensor.of(new int[] {1, 2}, 2));
    assertThat(IntTensor.of(new int[] {1, 2}, 2))
        .isNotEqualTo(IntTensor.of(new int[] {1, 2}, 2, 1));
    assertThat(FloatTensor.of(new float[] {0f}, 1))
        .isNotEqualTo(FloatTensor.of(new float[] {-0f}, 1));
  }

  @Test
  void theShapeIsItsOwn() {
    long[] shape = {2, 1};
    FloatTensor tensor = FloatTensor.of(new float[2], shape);
    shape[0] = 7;
    assertThat(tensor.shape()).containsExactly(2, 1);
  }
}
