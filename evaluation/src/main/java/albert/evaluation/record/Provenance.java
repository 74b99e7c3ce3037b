package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What made a run: code, software, machine, and how it was called. Java's version and the processor
 * are here because both change the last digits of floating point results.
 *
 * @param commit commit id of the code; {@code unknown} where it was built without one
 * @param software versions
 * @param hardware the machine
 * @param execution the settings that the run resolved to
 * @param command what to type to repeat the run
 */
public record Provenance(
    String commit, Software software, Hardware hardware, Execution execution, String command) {
  public Provenance {
    Require.text("commit", commit);
    Require.present("software", software);
    Require.present("hardware", hardware);
    Require.present("execution", execution);
    Require.text("command", command);
  }

  /**
   * Versions of the software.
   *
   * @param suite version of the suite
   * @param java version and vendor of the Java runtime
   * @param tensorflow version of TensorFlow
   * @param os name and version of the operating system
   */
  public record Software(String suite, String java, String tensorflow, String os) {
    public Software {
      Require.text("suite", suite);
      Require.text("java", java);
      Require.text("tensorflow", tensorflow);
      Require.text("os", os);
    }
  }

  /**
   * The machine.
   *
   * @param cpuModel the processor's name
   * @param cores number of logical cores
   * @param memoryBytes main memory in bytes
   * @param cpuFeatures those of avx2, avx512f, avx512_bf16 and amx_bf16 (or their like) that it has
   */
  public record Hardware(String cpuModel, int cores, long memoryBytes, List<String> cpuFeatures) {
    public Hardware {
      Require.text("cpu_model", cpuModel);
      Require.notNegative("cores", (long) cores);
      Require.notNegative("memory_bytes", memoryBytes);
      cpuFeatures = List.copyOf(Require.present("cpu_features", cpuFeatures));
    }
  }

  /**
   * What {@code auto} resolved to.
   *
   * @param device for example {@code cpu}
   * @param precision for example {@code float32}
   * @param threads threads that TensorFlow used
   * @param devices how many devices shared every batch; null for one
   */
  public record Execution(
      String device, String precision, int threads, @AddedLater @Nullable Integer devices) {
    /** On one device. */
    public Execution(String device, String precision, int threads) {
      this(device, precision, threads, null);
    }

    public Execution {
      Require.text("device", device);
      Require.text("precision", precision);
      Require.notNegative("threads", (long) threads);
      if (devices != null) {
        Require.atLeast("devices", devices, 2);
      }
    }
  }
}
