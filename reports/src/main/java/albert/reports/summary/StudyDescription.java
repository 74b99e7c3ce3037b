package albert.reports.summary;

import albert.evaluation.record.AddedLater;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.Score;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know of a study besides its runs. As JSON (by {@link
 * albert.evaluation.record.StrictJson}) it lies beside the runs.
 *
 * @param study name of the study
 * @param question what it asks, in the author's words
 * @param baseline varied keys and the values that the others are compared with; empty for no
 *     comparison. Keys that are left out are taken from the variant compared: a baseline {@code
 *     {sharing: none}} in a study that also varies the task means the same task without sharing; an
 *     empty text means that the configuration must not have the key
 * @param variants the variants in the order of the study; runs of others come after them, and if it
 *     is empty the largest model is first
 * @param references what has a score but is no run, to compare with
 * @param command what to type to repeat the study
 * @param analysis what the study declared of its analysis; null where it declares nothing
 */
public record StudyDescription(
    String study,
    String question,
    SortedMap<String, Object> baseline,
    List<Variant> variants,
    List<Reference> references,
    String command,
    @AddedLater @Nullable DeclaredAnalysis analysis) {

  /** What the guess of the most frequent class is called: the level of chance. */
  public static final String MAJORITY = "majority guess";

  /** In a baseline: the key is not there, as that of a pretraining where none was done. */
  public static final String MISSING = "";

  public StudyDescription {
    baseline = CanonicalJson.canonicalMap(baseline);
    variants = List.copyOf(variants);
    references = List.copyOf(references);
  }

  /** Without a declared analysis. */
  public StudyDescription(
      String study,
      String question,
      SortedMap<String, Object> baseline,
      List<Variant> variants,
      List<Reference> references,
      String command) {
    this(study, question, baseline, variants, references, command, null);
  }

  /** What the study declared; empty if it declared nothing. */
  DeclaredAnalysis declared() {
    return analysis == null ? DeclaredAnalysis.NONE : analysis;
  }

  /**
   * A variant.
   *
   * @param name what the report calls it; empty to name it by its values
   * @param values varied keys and values, as in {@link
   *     albert.evaluation.record.RunRecord#variant()}
   */
  public record Variant(String name, SortedMap<String, Object> values) {
    public Variant {
      values = CanonicalJson.canonicalMap(values);
    }
  }

  /**
   * A simple method to compare with, such as a majority guess.
   *
   * @param name what the report calls it
   * @param scores on the same examples as the runs'
   */
  public record Reference(String name, List<Score> scores) {
    public Reference {
      scores = List.copyOf(scores);
    }
  }
}
