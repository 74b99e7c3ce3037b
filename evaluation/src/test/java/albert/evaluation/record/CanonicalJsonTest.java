package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalJsonTest {

  /** RFC 8785, appendix B, and a few more. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void numbers(String bits, String expected) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(CanonicalJson.decimal(number)).isEqualTo(expected);
  }

  @Test
  void everyNumberComesBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(Double.parseDouble(CanonicalJson.decimal(number))).isEqualTo(number + 0.0);
      }
    }
  }

  @Test
  void oneTextForOneValue() {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("b", 1);
    first.put("a", List.of(1.0, 0.1f, new BigDecimal("5e-5"), true));
    Map<String, Object> second = new LinkedHashMap<>();
    second.put("a", List.of(1L, 0.1, 5.0e-5, true));
    second.put("b", BigInteger.ONE);
    assertThat(CanonicalJson.write(first)).isEqualTo("{\"a\":[1,0.1,0.00005,true],\"b\":1}");
    assertThat(CanonicalJson.write(second)).isEqualTo(CanonicalJson.write(first));
    assertThat(CanonicalJson.sha256(second)).isEqualTo(CanonicalJson.sha256(first));
  }

  @Test
  void textsAndEmptyThings() {
    assertThat(CanonicalJson.write("a\"\\\n\u0001é€😀/")).isEqualTo("\"a\\\"\\\\\\n\\u0001é€😀/\"");
    assertThat(CanonicalJson.write(List.of())).isEqualTo("[]");
    assertThat(CanonicalJson.write(Map.of())).isEqualTo("{}");
    assertThat(CanonicalJson.write(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
  }

  @Test
  void whatHasNoForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.write(Map.of("rate", Double.NaN)))
        .withMessageContaining("rate is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.write(Map.of("of", RunStatus.FAILED)));
    Map<String, Object> withNull = new LinkedHashMap<>();
    withNull.put("steps", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.write(withNull))
        .withMessageContaining("steps is null");
  }

  @Test
  void runIdsDoNotChange() {
    DataFingerprint a = DataFingerprint.of("a", "00".repeat(32), Map.of(), "here");
    DataFingerprint b = DataFingerprint.of("b", "11".repeat(32), Map.of("dev", 1L), "there");
    Map<String, Object> config = Map.of("task", "mrpc", "epochs", 3, "learning_rate", 5e-5);
    String id = RunId.of(config, 1, 2, List.of(a, b), 1);
    assertThat(id).isEqualTo("05b2535d8ce6");
    assertThat(RunId.of(config, 1, 2, List.of(b, a), 1)).isEqualTo(id);
    assertThat(RunId.of(config, 2, 1, List.of(a, b), 1)).isNotEqualTo(id);
    assertThat(RunId.of(config, 1, 2, List.of(a), 1)).isNotEqualTo(id);
    assertThat(RunId.of(config, 1, 2, List.of(a, b), 2)).isNotEqualTo(id);
    assertThat(RunId.of(Map.of("task", "mrpc"), 1, 2, List.of(a, b), 1)).isNotEqualTo(id);
  }
}
