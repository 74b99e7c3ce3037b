package albert.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver's version, in folders that stand for {@code /proc}. */
final class DriverVersionTest {

  @TempDir private Path proc;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023"
            + " | 535.129.03",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build"
            + "  (dvs-builder@U16-I1-N07-12-3)  Thu Feb 22 01:25:25 UTC 2024 | 550.54.14",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  390.87  Tue Aug 21 12:33:05 PDT 2018"
            + " | 390.87"
      })
  void theKernelTellsIt(String line, String version) throws IOException {
    Files.createDirectories(proc.resolve("driver/nvidia"));
    Files.writeString(
        proc.resolve("driver/nvidia/version"),
        line + "\nGCC version:  gcc version 12.2.0 (Debian)\n");
    assertThat(DriverVersion.in(proc)).contains(version);
  }

  @Test
  void withoutAFileThereIsNoDriver() throws IOException {
    assertThat(DriverVersion.in(proc)).isEmpty();
    Files.createDirectories(proc.resolve("driver/nvidia"));
    Files.writeString(proc.resolve("driver/nvidia/version"), "something else 535.129.03\n");
    assertThat(DriverVersion.in(proc)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "525.60.13, true",
    "525.60.12, false",
    "525.105.17, true",
    "525.60, false",
    "535.54.03, true",
    "470.256.02, false",
    "1000.1, true"
  })
  void cuda12NeedsOneThatIsNewEnough(String version, boolean suffices) {
    assertThat(DriverVersion.suffices(version)).isEqualTo(suffices);
  }
}
