package albert.model.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtypeTest {
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0.0",
    "0x8000, -0.0",
    "0x0001, 0x1p-24",
    "0x83ff, -0x1.ff8p-15",
    "0x0400, 0x1p-14",
    "0x7bff, 65504",
    "0x3555, 0x1.554p-2",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void halfPrecision(String bits, String expected) {
    assertThat(Dtype.halfToFloat(Integer.decode(bits).shortValue()))
        .isEqualTo(Float.valueOf(expected));
  }
}
