package albert.experiments.study;

import albert.evaluation.stats.Analysis;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Settings;
import albert.reports.summary.DeclaredAnalysis;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A question put to several variants of one base configuration.
 *
 * @param name names the folder of its runs
 * @param question what it asks, in a sentence; if empty, it is made from what varies
 * @param base what all runs have in common
 * @param axes what varies, each with its choices; their grid are the variants
 * @param baseline what the others are compared with: a choice for every axis, but for {@code task},
 *     which may be left out: then every task has its own
 * @param seeds every variant runs once with each
 * @param analysis how its differences will be judged, as far as it says so before
 * @param source the file it was read from, for messages
 */
public record Study(
    String name,
    String question,
    Settings base,
    List<Axis> axes,
    Optional<Settings> baseline,
    List<RunSeeds> seeds,
    DeclaredAnalysis analysis,
    String source) {

  /**
   * Something that varies: one key, or several that change together.
   *
   * @param name the key, or what the author calls settings that change together; empty for a list
   *     of named variants
   * @param choices at least one
   */
  public record Axis(String name, List<Choice> choices) {
    /** Copies its arguments. */
    public Axis {
      choices = List.copyOf(choices);
    }

    /** Whether this is a key with values, and not settings that change together. */
    public boolean isKey() {
      return choices.stream().allMatch(choice -> choice.name().isEmpty());
    }

    /** Every key that any of the choices sets. */
    public Set<String> keys() {
      Set<String> keys = new LinkedHashSet<>();
      choices.forEach(choice -> keys.addAll(choice.settings().values().keySet()));
      return keys;
    }
  }

  /**
   * One of an axis's choices.
   *
   * @param name what the author calls it; empty where the values speak for themselves
   * @param settings what it sets, at least one key
   */
  public record Choice(String name, Settings settings) {

    /** The name, or {@code sharing=all}. */
    public String label() {
      return name.isEmpty() ? settings.label() : name;
    }
  }

  /** Copies its arguments. */
  public Study {
    axes = List.copyOf(axes);
    seeds = List.copyOf(seeds);
  }

  /** What it asks: the author's question, else one that is made from what varies. */
  @Override
  public String question() {
    return question.isEmpty() ? StudyQuestion.of(this) : question;
  }

  /** The same study on a changed base. */
  public Study withBase(Settings changed) {
    return new Study(name, question, changed, axes, baseline, seeds, analysis, source);
  }

  /** The same study with other seeds. */
  public Study withSeeds(List<RunSeeds> others) {
    return new Study(name, question, base, axes, baseline, others, analysis, source);
  }

  /** The test and the level that its comparisons are judged by. */
  public Analysis judgement() {
    return new Analysis(
        Objects.requireNonNullElse(analysis.alpha(), Analysis.DEFAULT.alpha()),
        Boolean.TRUE.equals(analysis.paired()));
  }

  /** Every key that varies, in the order of writing. */
  public Set<String> variedKeys() {
    Set<String> keys = new LinkedHashSet<>();
    axes.forEach(axis -> keys.addAll(axis.keys()));
    return keys;
  }
}
