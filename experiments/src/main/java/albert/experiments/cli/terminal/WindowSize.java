package albert.experiments.cli.terminal;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;

/**
 * How large a terminal is.
 *
 * @param rows of text; 0 where unknown
 * @param columns of text; 0 where unknown
 */
public record WindowSize(int rows, int columns) {

  // ioctl(2, TIOCGWINSZ, struct winsize of rows, columns and two sizes in pixels)
  private static final int STANDARD_ERROR = 2;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int WINSIZE_BYTES = 8;
  private static final int WINSIZE_COLUMNS = 2;

  private static final WindowSize UNKNOWN = new WindowSize(0, 0);

  /** As the terminal on standard error says at this moment. */
  static WindowSize asked() {
    try (Memory size = new Memory(WINSIZE_BYTES)) {
      int failed =
          NativeLibrary.getProcess()
              .getFunction("ioctl")
              .invokeInt(new Object[] {STANDARD_ERROR, new NativeLong(TIOCGWINSZ), size});
      return failed == 0
          ? new WindowSize(
              Short.toUnsignedInt(size.getShort(0)),
              Short.toUnsignedInt(size.getShort(WINSIZE_COLUMNS)))
          : UNKNOWN;
    } catch (LinkageError e) {
      return UNKNOWN;
    }
  }
}
