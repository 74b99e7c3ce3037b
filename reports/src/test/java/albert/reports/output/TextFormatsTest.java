package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.reports.summary.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "embedding_size; embedding_size",
        "_emphasis_; \\_emphasis\\_",
        "a*b; a\\*b",
        "http://x.org; http\\://x.org",
        "- item; \\- item",
        "a|b; a\\|b",
        "x −0.1 ± 0.2; x −0.1 ± 0.2",
      })
  void markdownShowsATextAsItIs(String text, String escaped) {
    assertThat(Markdown.escape(text)).isEqualTo(escaped);
  }

  /** An alpha of 0.001 is tested one-sided at 0.0005, not at 5.0E-4. */
  @ParameterizedTest
  @CsvSource({"0.05, 0.05", "0.0005, 0.0005", "1e-7, 0.0000001", "0.1, 0.1"})
  void aChosenFigureHasNoExponent(double value, String shown) {
    assertThat(Numbers.plain(value)).isEqualTo(shown);
  }

  @Test
  void markdownKeepsATextOnOneLine() {
    assertThat(Markdown.escape("a\nb\r\nc\u2028d")).isEqualTo("a b  c d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\n=1"})
  void aFormulaIsDefused(String text) {
    assertThat(Csv.defused(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "-0.5", "+3", "-5e-05", "1e-4", "a=b"})
  void whatIsNoFormulaStays(String text) {
    assertThat(Csv.defused(text)).isEqualTo(text);
  }
}
