package albert.reports.benchmark;

import albert.evaluation.Require;
import albert.evaluation.record.CanonicalJson;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What a {@link BenchPoint} was measured of. Points of two files are compared where this is the
 * same in both.
 *
 * @param model the preset's id
 * @param mode {@code train} or {@code forward}
 * @param device {@code cpu} or {@code gpu}
 * @param precision of the matrix products: {@code float32}, {@code bfloat16} or {@code float16}
 * @param threads of the CPU
 * @param batch sequences
 * @param sequence tokens in each
 * @param architecture the encoder's configuration keys, all of them
 */
public record BenchCase(
    String model,
    String mode,
    String device,
    String precision,
    int threads,
    int batch,
    int sequence,
    SortedMap<String, Object> architecture) {
  public BenchCase {
    Require.text("model", model);
    Require.text("mode", mode);
    Require.text("device", device);
    Require.text("precision", precision);
    Require.atLeast("threads", threads, 1);
    Require.atLeast("batch", batch, 1);
    Require.atLeast("sequence", sequence, 1);
    architecture = CanonicalJson.canonicalMap(Require.present("architecture", architecture));
  }

  /**
   * Whether both are of the same work. A key of the architecture that one alone has is passed over:
   * it is younger than the other's file.
   */
  public boolean isSameAs(BenchCase other) {
    BenchCase likeOther =
        new BenchCase(model, mode, device, precision, threads, batch, sequence, other.architecture);
    return likeOther.equals(other)
        && architecture.entrySet().stream()
            .allMatch(
                key ->
                    key.getValue()
                        .equals(other.architecture.getOrDefault(key.getKey(), key.getValue())));
  }

  /** Tokens of one unit of work. */
  public long tokens() {
    return (long) batch * sequence;
  }

  /** {@code mini-albert (L 4, H 256, V 30000), train, 8 x 128, bfloat16 on cpu, 2 threads}. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%s (L %d, H %d, V %d), %s, %d x %d, %s on %s, %d thread%s",
        model,
        BenchAxis.DEPTH.value(this),
        BenchAxis.WIDTH.value(this),
        BenchAxis.VOCABULARY.value(this),
        mode,
        batch,
        sequence,
        precision,
        device,
        threads,
        threads == 1 ? "" : "s");
  }
}
