package albert.experiments.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results go: the first write that fails, and every one after it, says so. */
public final class StandardOutput extends OutputStream {

  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final boolean pipe;
  private @Nullable OutputException failure;

  /**
   * @param out what is written to
   * @param pipe whether that is known to be a pipe, which fails only if nobody reads it
   */
  public StandardOutput(OutputStream out, boolean pipe) {
    this.out = out;
    this.pipe = pipe;
  }

  /** The process's. */
  public static StandardOutput ofProcess() {
    boolean pipe;
    try {
      pipe = Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      pipe = false; // no such system: then its words have to do
    }
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), pipe);
  }

  /** A write or a flush. */
  private interface Action {
    void run() throws IOException;
  }

  @Override
  public void write(int b) {
    tried(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    tried(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    tried(out::flush);
  }

  private void tried(Action action) {
    if (failure == null) {
      try {
        action.run();
        return;
      } catch (IOException e) {
        // the words alone would not do: the system may say them in another language
        boolean broken = pipe || String.valueOf(e.getMessage()).contains("Broken pipe");
        failure = new OutputException(e, broken);
      }
    }
    throw failure;
  }
}
