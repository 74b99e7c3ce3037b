package albert.experiments.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard error, in UTF-8 whatever the locale; {@link StandardOutput} is the other. */
public final class StandardStreams {

  private StandardStreams() {}

  /** Standard error. */
  public static PrintStream err() {
    return stream(new FileOutputStream(FileDescriptor.err));
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
