package albert.experiments.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that stay at the end of a terminal, and those above them. */
final class PinnedLinesTest {

  private static final String CLEAR_TO_END = "\u001b[K";
  private static final int COLUMNS = 30;

  private final StringWriter written = new StringWriter();
  private final PinnedLines lines = new PinnedLines(new PrintWriter(written));

  private List<String> screen() {
    return Screen.of(written.toString(), COLUMNS);
  }

  private void bar(String text) {
    written.write("\r" + text + CLEAR_TO_END);
  }

  @Test
  void theyAreRedrawnInPlaceUnderWhatIsPrinted() {
    lines.print("first");
    lines.pin(List.of("a 1", "b 1", "why"));
    assertThat(screen()).containsExactly("first", "a 1", "b 1", "why");
    bar("[==  ] 50 %");
    assertThat(screen()).containsExactly("first", "a 1", "b 1", "why", "[==  ] 50 %");
    lines.print("second");
    assertThat(screen()).containsExactly("first", "second", "a 1", "b 1", "why");
    bar("[=== ]");
    bar("");
    lines.pin(List.of("a 2", "b 1"));
    assertThat(screen()).containsExactly("first", "second", "a 2", "b 1");
    lines.pin(List.of());
    lines.print("third");
    assertThat(screen()).containsExactly("first", "second", "third");
  }

  @Test
  void aLongOneTakesOneRowAndALongLineAsManyAsItNeeds() {
    lines.pin(List.of("x".repeat(COLUMNS + 20), "b"));
    lines.print("y".repeat(COLUMNS + 1));
    lines.pin(List.of("x".repeat(COLUMNS), "c"));
    assertThat(screen()).containsExactly("y".repeat(COLUMNS), "y", "x".repeat(COLUMNS), "c");
  }

  @Test
  void controlCharactersAreShownAndNotObeyed() {
    lines.pin(List.of("name\u001b[2Jd\r\u009b1A"));
    lines.print("printed\u0007");
    assertThat(screen()).containsExactly("printed\uFFFD", "name\uFFFD[2Jd\uFFFD\uFFFD1A");
  }

  @Test
  void othersBytesBecomeLines() {
    List<String> taken = new ArrayList<>();
    try (OtherWriters.Lines others = new OtherWriters.Lines(taken::add)) {
      for (byte b : "one ±\ntwo".getBytes(StandardCharsets.UTF_8)) {
        others.write(b);
      }
      assertThat(taken).containsExactly("one ±");
    }
    assertThat(taken).containsExactly("one ±", "two");
  }
}
