package albert.experiments.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The version of NVIDIA's driver, as the kernel tells it in {@code /proc/driver/nvidia/version}.
 */
final class DriverVersion {

  /** What every CUDA 12 runs with (NVIDIA, CUDA Compatibility, minor version compatibility). */
  static final String LEAST = "525.60.13";

  private static final String FILE = "driver/nvidia/version";
  private static final Pattern VERSION = Pattern.compile("\\b\\d{3,}(\\.\\d+){1,2}\\b");

  private DriverVersion() {}

  /**
   * Reads it.
   *
   * @param proc the folder {@code /proc}
   * @return empty where no driver is loaded
   */
  static Optional<String> in(Path proc) {
    try {
      return Files.readAllLines(proc.resolve(FILE), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("NVRM version:"))
          .flatMap(line -> VERSION.matcher(line).results())
          .map(MatchResult::group)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a version is at least {@link #LEAST}, number by number. */
  static boolean suffices(String version) {
    String[] own = version.split("\\.", -1);
    String[] least = LEAST.split("\\.", -1);
    for (int i = 0; i < least.length; i++) {
      int number = i < own.length ? Integer.parseInt(own[i]) : 0;
      if (number != Integer.parseInt(least[i])) {
        return number > Integer.parseInt(least[i]);
      }
    }
    return true;
  }
}
