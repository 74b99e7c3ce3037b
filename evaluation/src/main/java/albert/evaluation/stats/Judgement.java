package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Differences judged as one family.
 *
 * @param p of each, corrected by Holm; empty where nothing can be concluded
 * @param verdicts what follows for each
 * @param family how they were judged, and among how many
 */
record Judgement(
    List<OptionalDouble> p, List<Comparison.Verdict> verdicts, Comparison.Family family) {

  /**
   * Judges.
   *
   * @param models of the differences
   * @param flaws why nothing can be concluded from a difference; where there is none, its model is
   *     defined
   */
  static Judgement of(
      List<Optional<MeanContrast>> models,
      List<Optional<Comparison.Verdict>> flaws,
      Analysis analysis) {
    List<OptionalDouble> own = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      own.add(
          flaws.get(i).isEmpty()
              ? OptionalDouble.of(models.get(i).orElseThrow().p())
              : OptionalDouble.empty());
    }
    List<OptionalDouble> p = Correction.HOLM.adjust(own);
    List<Comparison.Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      verdicts.add(
          flaws.get(i).isPresent()
              ? flaws.get(i).get()
              : verdict(models.get(i).orElseThrow(), p.get(i).getAsDouble(), analysis));
    }
    int tested = (int) own.stream().filter(OptionalDouble::isPresent).count();
    return new Judgement(p, verdicts, new Comparison.Family(analysis, tested));
  }

  private static Comparison.Verdict verdict(
      MeanContrast model, double adjusted, Analysis analysis) {
    if (adjusted > analysis.alpha()) {
      return Comparison.Verdict.NOT_DISTINGUISHABLE;
    }
    return model.estimate() > 0 ? Comparison.Verdict.HIGHER : Comparison.Verdict.LOWER;
  }
}
