package albert.experiments.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines that are broken to fit a terminal. */
final class TerminalWidthTest {

  @Test
  void linesAreBrokenAtBlanksAndHang() {
    String text = "study: 2 finished\n  a1b2  sharing all  seed 1  finished  accuracy 0.5\n";
    assertThat(TerminalWidth.broken(text, 30))
        .isEqualTo(
            """
            study: 2 finished
              a1b2  sharing all  seed 1
                  finished  accuracy 0.5
            """);
    assertThat(TerminalWidth.broken(text, 200)).isEqualTo(text);
  }

  @Test
  void whatHasNoBlankIsCut() {
    assertThat(TerminalWidth.broken("x".repeat(50) + " y", 40))
        .isEqualTo("x".repeat(40) + "\n    " + "x".repeat(10) + " y\n");
    assertThat(TerminalWidth.broken(" ".repeat(70) + "x", 40).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
  }

  @Test
  void aNarrowBarKeepsTheRemainingTime() {
    assertThat(WorkBar.words("steps  33% [==    ]  400/1200 (0:12:34 / 0:25:08) 0.5/s sharing all"))
        .isEqualTo("steps  33% 400/1200 (0:25:08 left) 0.5/s sharing all");
  }

  @Test
  void optionsLeaveMostOfANarrowHelpToWords() {
    assertThat(TerminalWidth.ofOptions(60)).isEqualTo(20);
    assertThat(TerminalWidth.ofOptions(99)).isEqualTo(33);
    assertThat(TerminalWidth.ofOptions(120)).isEqualTo(34);
  }

  @Test
  void everyWidthKeepsEveryWord() {
    String text =
        "  one two  three\n\nfour five-and-twenty blackbirds in a pie " + "y".repeat(70) + "\n";
    for (int width = 1; width < 130; width++) {
      int columns = Math.max(20, width);
      String broken = TerminalWidth.broken(text, width);
      assertThat(broken.lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
      assertThat(broken.replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }
  }
}
