package albert.model.runtime;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What TensorFlow's native code writes to the C library's {@code stderr}. Half of TensorFlow heeds
 * the environment variable {@code TF_CPP_MIN_LOG_LEVEL} (0 shows all, 1 hides what informs, 2
 * warnings, 3 errors). The other half writes by absl, whose level can't be set from outside; a
 * {@code grep} hides those lines by the same variable. Java's own lines go past it, and so does
 * what the virtual machine says; a fatal message is passed on even when the process dies of it.
 *
 * <p>At the end of the virtual machine it waits until all has been passed on.
 */
final class NativeLog {

  private static final String LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  /** The first letters of absl's lines, by level: informs, warns, says an error. */
  private static final String LETTERS = "IWE";

  /** As absl begins a line: letter, date, time, thread, file and line. */
  private static final String LINE = "[%s][0-9]{4} [0-9:.]+ +[0-9]+ [^ ]+:[0-9]+\\] ";

  private static final String PREAMBLE = "WARNING: All log messages before absl::InitializeLog";

  /** What oneDNN says once of float16 on a CPU that it has no kernels for: an error it is not. */
  private static final String NO_HALF = "[0-9: .-]+: E [^ ]+ oneDNN supports DT_HALF only";

  private static final int UNBUFFERED = 2; // _IONBF of stdio.h
  private static final int STDERR = 2; // STDERR_FILENO of unistd.h

  private static final boolean FILTERED = filter(System.getenv(LEVEL));

  private NativeLog() {}

  /** Hides from now on what the level hides. */
  static boolean quieten() {
    return FILTERED;
  }

  /**
   * The shell command that passes on what is not hidden. It outlives the signals that end this
   * process.
   *
   * @return null if nothing is hidden
   */
  static @Nullable String command(@Nullable String level) {
    int hidden =
        level == null || !level.matches("[0-9]")
            ? 0
            : Math.min(LETTERS.length(), level.charAt(0) - '0');
    return hidden == 0
        ? null
        : String.format(
            Locale.ROOT,
            "trap '' INT TERM HUP; exec grep -a --line-buffered -vE '^(" + LINE + "|%s|%s)' >&2",
            LETTERS.substring(0, hidden),
            PREAMBLE,
            NO_HALF);
  }

  /**
   * At the end the stream goes to where standard error goes, and stays open: TensorFlow's logger
   * has it and closes what is not {@code stderr}, so that what is closed here would be closed
   * twice. The command holds the writing end of a pipe: when that has ended, so has the command.
   */
  private static boolean filter(@Nullable String level) {
    String command = command(level);
    if (command == null) {
      return false;
    }
    try {
      NativeLibrary c = NativeLibrary.getProcess();
      Memory ends = new Memory(2L * Integer.BYTES);
      c.getFunction("pipe").invokeInt(new Object[] {ends});
      Pointer stream = c.getFunction("popen").invokePointer(new Object[] {command, "w"});
      c.getFunction("close").invokeInt(new Object[] {ends.getInt(Integer.BYTES)});
      if (stream == null) {
        return false;
      }
      c.getFunction("setvbuf").invokeInt(new Object[] {stream, null, UNBUFFERED, 0L});
      c.getGlobalVariableAddress("stderr").setPointer(0, stream);
      int descriptor = c.getFunction("fileno").invokeInt(new Object[] {stream});
      Function replace = c.getFunction("dup2");
      Function read = c.getFunction("read");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    replace.invokeInt(new Object[] {STDERR, descriptor});
                    read.invokeInt(new Object[] {ends.getInt(0), ends, 1L});
                  },
                  "native-log"));
      return true;
    } catch (LinkageError | IllegalStateException e) {
      return false; // without it there is more to read, nothing else
    }
  }
}
