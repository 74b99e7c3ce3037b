package albert.experiments.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process's streams, in UTF-8 whatever the locale. */
final class StandardStreams {

  private StandardStreams() {}

  /** Standard output. */
  static PrintStream out() {
    return stream(new FileOutputStream(FileDescriptor.out));
  }

  /** Standard error. */
  static PrintStream err() {
    return stream(new FileOutputStream(FileDescriptor.err));
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
