package albert.experiments.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Takes what others write to the process's standard error, as logs, and hands it on by whole lines,
 * as long as it is open. Written straight to a terminal, it would be erased when pinned lines are
 * redrawn.
 */
public final class OtherWriters implements AutoCloseable {

  private final PrintStream taken;

  /**
   * Begins to take it, on a terminal; elsewhere nothing changes.
   *
   * @param lines gets every line
   */
  public OtherWriters(Consumer<String> lines) {
    taken = new PrintStream(new Lines(lines), true, StandardCharsets.UTF_8);
    if (StageConsole.onTerminal()) {
      System.setErr(taken);
    }
  }

  /** Everybody writes to standard error again. */
  @Override
  public void close() {
    if (StageConsole.onTerminal()) {
      System.setErr(StandardStreams.err());
    }
    taken.close();
  }

  /** Cuts bytes of UTF-8 into lines; the last one may be without an end. */
  static final class Lines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }

    @Override
    public synchronized void close() {
      if (line.size() > 0) {
        write('\n');
      }
    }
  }
}
