package albert.model.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The machine, as Linux describes it in {@code /proc}.
 *
 * @param cpuModel as the processor names itself, "unknown" where it doesn't
 * @param cores processors that this process may use
 * @param memoryBytes physical memory, 0 where unknown
 * @param cpuFeatures the processor's flags that matter to matrix products
 */
public record Hardware(
    String cpuModel, int cores, long memoryBytes, SortedSet<String> cpuFeatures) {

  private static final List<String> FEATURES =
      List.of(
          "avx",
          "avx2",
          "fma",
          "avx512f",
          "avx512_bf16",
          "avx512_fp16",
          "avx512_vnni",
          "avx_vnni",
          "amx_bf16",
          "amx_int8",
          "amx_tile");

  /** Copies the features. */
  public Hardware {
    cpuFeatures = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(cpuFeatures));
  }

  /** This machine. */
  public static Hardware detect() {
    List<String> cpu = lines(Path.of("/proc/cpuinfo"));
    SortedSet<String> features = new TreeSet<>(List.of(field(cpu, "flags", "").split(" ", -1)));
    features.retainAll(FEATURES);
    return new Hardware(
        field(cpu, "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        memory("MemTotal"),
        features);
  }

  /** Memory that programs could still take without swapping, in bytes; 0 where unknown. */
  public static long availableBytes() {
    return memory("MemAvailable");
  }

  private static long memory(String key) {
    String kibibytes = field(lines(Path.of("/proc/meminfo")), key, "0 kB");
    return Long.parseLong(kibibytes.split(" ", -1)[0]) * 1024;
  }

  /** Whether the processor has instructions that multiply bfloat16. */
  public boolean multipliesBfloat16() {
    return cpuFeatures.contains("avx512_bf16") || cpuFeatures.contains("amx_bf16");
  }

  private static String field(List<String> lines, String key, String otherwise) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return line.substring(colon + 1).strip();
      }
    }
    return otherwise;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of(); // not Linux, or not readable: the machine stays "unknown"
    }
  }
}
