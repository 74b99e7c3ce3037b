package albert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a number, and what Java alone takes for one. */
final class PlainNumberTest {

  @Test
  void numbers() {
    assertThat(PlainNumber.whole("0")).hasValue(0);
    assertThat(PlainNumber.whole("-17")).hasValue(-17);
    assertThat(PlainNumber.whole("999999999999999999")).hasValue(999_999_999_999_999_999L);
    assertThat(PlainNumber.decimal("5")).hasValue(5);
    assertThat(PlainNumber.decimal("-0.25")).hasValue(-0.25);
    assertThat(PlainNumber.decimal("5.")).hasValue(5);
    assertThat(PlainNumber.decimal(".5")).hasValue(0.5);
    assertThat(PlainNumber.decimal("5e-5")).hasValue(5e-5);
    assertThat(PlainNumber.decimal("1E+3")).hasValue(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " 1",
        "1 ",
        "1\t",
        "\u00a01",
        "1\n",
        "1f",
        "2d",
        "1F",
        "2D",
        "3L",
        "0x1p1",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "inf",
        "+5",
        "\u0661",
        "\uff11",
        "\u0967",
        "1,5",
        "1_000",
        "--1",
        "1e",
        "e5",
        ".",
        "-",
        "1.2.3",
        "1e999"
      })
  void othersAreNone(String text) {
    assertThat(PlainNumber.decimal(text)).isEmpty();
    assertThat(PlainNumber.whole(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1e3", "010", "00", "-01", "1000000000000000000"})
  void wholeNumbersAreStricter(String text) {
    assertThat(PlainNumber.whole(text)).isEmpty();
    assertThat(PlainNumber.decimal(text)).isPresent();
  }
}
