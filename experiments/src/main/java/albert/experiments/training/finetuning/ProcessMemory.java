package albert.experiments.training.finetuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The resident memory of this process, as Linux counts it. */
public final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";
  private static final double KIBIBYTE_IN_MB = 1024 / 1e6;

  private ProcessMemory() {}

  /**
   * Lets the peak begin anew from what is resident now, so that one run of a process does not
   * inherit the peak of another. Where the kernel does not allow it, the peak stays the process's.
   *
   * @return whether it could
   */
  public static boolean resetPeak() {
    try {
      Files.writeString(CLEAR, RESET_PEAK, StandardCharsets.US_ASCII);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The peak in MB (10⁶ bytes), null where the system does not tell. */
  public static @Nullable Double peakMb() {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.UTF_8)) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) * KIBIBYTE_IN_MB;
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }
}
