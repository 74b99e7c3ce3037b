package albert.reports.benchmark;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Made-up points. */
public final class BenchPoints {
  private static final SortedMap<String, Object> ARCHITECTURE =
      new TreeMap<>(
          Map.of(
              "hidden_size", 256,
              "num_attention_heads", 4,
              "intermediate_size", 1024,
              "embedding_size", 128,
              "num_hidden_layers", 4,
              "vocab_size", 30_000,
              "layer_norm_eps", 1e-12));

  private BenchPoints() {}

  /** A case of mini-albert. */
  public static BenchCase of(int batch, int sequence) {
    return new BenchCase(
        "mini-albert", "train", "cpu", "float32", 2, batch, sequence, ARCHITECTURE);
  }

  /** The same case with another value of a key. */
  public static BenchCase with(BenchCase of, String key, Object value) {
    SortedMap<String, Object> architecture = new TreeMap<>(of.architecture());
    architecture.put(key, value);
    return new BenchCase(
        of.model(),
        of.mode(),
        of.device(),
        of.precision(),
        of.threads(),
        of.batch(),
        of.sequence(),
        architecture);
  }

  /** A point that took so long. */
  public static BenchPoint point(BenchCase of, double medianMs) {
    return point(of, medianMs, "albert 1");
  }

  /** A point of some program. */
  public static BenchPoint point(BenchCase of, double medianMs, String program) {
    return new BenchPoint(1, program, "CPU, 2 cores", of, medianMs, 2 * medianMs, 500.0, 10);
  }
}
