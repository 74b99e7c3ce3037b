package albert.experiments.cli;

import albert.experiments.cli.terminal.Browser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --open}: the report in the browser, once it is written. */
final class OpenOption {

  /** Its name. */
  static final String NAME = "--open";

  @Option(names = NAME, description = "Write the report and open it in the browser.")
  private boolean open;

  /** Whether it was given. */
  boolean isGiven() {
    return open;
  }

  /**
   * Opens a page if that was asked for. Where there is no browser, the page is there all the same:
   * that is a line, and no failure.
   */
  void show(Path page, PrintWriter err) {
    if (open) {
      Browser.ofSystem()
          .open(page)
          .ifPresent(
              why ->
                  ErrorLines.print(
                      err,
                      String.format(Locale.ROOT, "%s: %s; the report is in %s", NAME, why, page)));
    }
  }
}
