package albert.experiments.cli.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file's path, on a terminal as a link that opens it (the escape sequence OSC 8), so far as the
 * terminal is not known to print such sequences as they are. Elsewhere it is the path alone.
 */
public final class FileLink {

  private static final String BEGIN = "\u001b]8;;";
  private static final String END = "\u001b\\";
  private static final String CONTROL = "\\p{Cc}";

  /** Beginnings of the names of terminals that would print the sequence. */
  private static final List<String> WITHOUT_LINKS = List.of("dumb", "linux", "eterm");

  /** GNOME's terminal up to 0.50.0; that one breaks off at a link. */
  private static final int LAST_VTE_WITHOUT_LINKS = 5_000;

  private FileLink() {}

  /** For standard output. */
  public static String of(Path file) {
    boolean terminal = System.getProperty(TerminalWidth.COLUMNS) != null;
    return terminal && showsLinks(System.getenv()) ? link(file) : file.toString();
  }

  /** The path as text of a link to it. */
  static String link(Path file) {
    return BEGIN + url(file) + END + file.toString().replaceAll(CONTROL, "\uFFFD") + BEGIN + END;
  }

  /** As {@code file:///tmp/a%20b.html}: ASCII without blanks, control characters and semicolons. */
  static String url(Path file) {
    return file.toAbsolutePath().toUri().toASCIIString().replace(";", "%3B");
  }

  /** Whether a terminal in such an environment shows links, or only their text. */
  static boolean showsLinks(Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "");
    String vte = environment.getOrDefault("VTE_VERSION", "");
    return !terminal.isEmpty()
        && WITHOUT_LINKS.stream().noneMatch(terminal::startsWith)
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !(vte.matches("[0-9]{1,9}") && Integer.parseInt(vte) <= LAST_VTE_WITHOUT_LINKS);
  }
}
