package albert.experiments.cli.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Opens a page with the program that the desktop has chosen for it. The program is started without
 * a shell, so that a path is one argument whatever is in it, and may go on when this process ends.
 */
public final class Browser {

  /** A program that opens nothing has ended by then; one that is the browser itself goes on. */
  private static final int PATIENCE_SECONDS = 3;

  private final List<String> program;

  private Browser(List<String> program) {
    this.program = program;
  }

  /** That of this system. */
  public static Browser ofSystem() {
    return of(System.getProperty("os.name", ""));
  }

  /**
   * That of a system.
   *
   * @param system its name as Java has it
   */
  static Browser of(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      // "start" is a word of its shell, which would read the address
      return new Browser(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    return new Browser(List.of(name.startsWith("mac") ? "open" : "xdg-open"));
  }

  /** What is started for a page. */
  List<String> command(Path page) {
    List<String> command = new ArrayList<>(program);
    command.add(FileLink.url(page));
    return command;
  }

  /**
   * Opens it.
   *
   * @return why it can't be opened; empty if nothing is known against it
   */
  public Optional<String> open(Path page) {
    try {
      Process process =
          new ProcessBuilder(command(page))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() != 0
          ? Optional.of(program.get(0) + " ended with status " + process.exitValue())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(program.get(0) + " can't be started");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
