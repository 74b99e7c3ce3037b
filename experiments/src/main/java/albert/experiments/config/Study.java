package albert.experiments.config;

import java.util.List;
import java.util.Optional;

/**
 * A question put to several variants of one base configuration.
 *
 * @param name names the folder of its runs
 * @param question what it asks, in a sentence
 * @param base what all runs have in common
 * @param axes what varies, each with its values; their grid are the variants
 * @param baseline the variant that the others are compared with: a value for every axis
 * @param seeds every variant runs once with each
 * @param source the file it was read from, for messages
 */
public record Study(
    String name,
    String question,
    Settings base,
    List<Axis> axes,
    Optional<Settings> baseline,
    List<RunSeeds> seeds,
    String source) {

  /**
   * A key that varies.
   *
   * @param key which key
   * @param values its values, at least one
   */
  public record Axis(ConfigKey key, List<Setting> values) {
    /** Copies its arguments. */
    public Axis {
      values = List.copyOf(values);
    }
  }

  /** Copies its arguments. */
  public Study {
    axes = List.copyOf(axes);
    seeds = List.copyOf(seeds);
  }

  /** The same study on a changed base. */
  public Study withBase(Settings changed) {
    return new Study(name, question, changed, axes, baseline, seeds, source);
  }

  /** The same study with other seeds. */
  public Study withSeeds(List<RunSeeds> others) {
    return new Study(name, question, base, axes, baseline, others, source);
  }
}
