package albert.experiments.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard error, in UTF-8 whatever the locale; {@link StandardOutput} is the other. */
final class StandardStreams {

  /** The terminal, where the launcher filters file descriptor 2 on its way there. */
  private static final String TERMINAL = "albert.stderr";

  private StandardStreams() {}

  /** Standard error. */
  static PrintStream err() {
    String terminal = System.getProperty(TERMINAL);
    if (terminal != null) {
      try {
        return stream(new FileOutputStream(terminal, true));
      } catch (IOException e) {
        // a terminal of another user: the filtered one does as well
        return stream(new FileOutputStream(FileDescriptor.err));
      }
    }
    return stream(new FileOutputStream(FileDescriptor.err));
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
