package albert.experiments.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as links, and programs that open them. */
final class FileLinkTest {

  private static final Path ODD = Path.of("/tmp/a b;c%41#d?e&\"'\u001b]0;f\u0007.html");

  @Test
  void theTextIsThePathAndTheAddressLeadsToIt() {
    assertThat(FileLink.link(Path.of("/tmp/a b;c.html")))
        .isEqualTo("\u001b]8;;file:///tmp/a%20b%3Bc.html\u001b\\/tmp/a b;c.html\u001b]8;;\u001b\\");
    assertThat(FileLink.url(ODD)).matches("[!-:<-~]+").startsWith("file:///tmp/a%20b%3Bc%2541");
    assertThat(Path.of(URI.create(FileLink.url(ODD)))).isEqualTo(ODD);
    assertThat(FileLink.link(ODD)).endsWith("\"'\uFFFD]0;f\uFFFD.html\u001b]8;;\u001b\\");
    Path relative = Path.of("runs/report.html");
    assertThat(Path.of(URI.create(FileLink.url(relative)))).isEqualTo(relative.toAbsolutePath());
  }

  @Test
  void whereThereIsNoTerminalItIsThePathAlone() {
    assertThat(FileLink.of(ODD)).isEqualTo(ODD.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm-256color, true",
    "TERM=xterm-256color VTE_VERSION=6800, true",
    "TERM=xterm NO_COLOR=, true",
    "TERM=xterm NO_COLOR=1, false",
    "TERM=xterm-256color VTE_VERSION=5000, false",
    "TERM=dumb, false",
    "TERM=linux, false",
    "TERM=eterm-color, false",
    "TERM=, false",
    "LANG=C, false"
  })
  void someTerminalsAreKnownToShowNone(String environment, boolean shown) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.split(" ", -1)) {
      int equals = variable.indexOf('=');
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    assertThat(FileLink.showsLinks(variables)).isEqualTo(shown);
  }

  @Test
  void aPageIsTheLastArgumentOfTheSystemsProgram() {
    String url = FileLink.url(ODD);
    assertThat(Browser.of("Linux").command(ODD)).isEqualTo(List.of("xdg-open", url));
    assertThat(Browser.of("Mac OS X").command(ODD)).isEqualTo(List.of("open", url));
    assertThat(Browser.of("Windows 11").command(ODD))
        .isEqualTo(List.of("rundll32", "url.dll,FileProtocolHandler", url));
  }
}
