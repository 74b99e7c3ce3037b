package albert.experiments.doctor;

import java.util.List;

/**
 * What was found, and what to do about what is missing.
 *
 * @param usable whether the suite can compute here, if only on the CPU
 * @param found what was found
 * @param advice what to do, what prevents work first
 */
public record Diagnosis(boolean usable, Findings found, List<Advice> advice) {

  /** Of what was found. */
  static Diagnosis of(Findings found) {
    List<Advice> advice = Remedies.of(found);
    return new Diagnosis(advice.stream().noneMatch(Advice::preventsWork), found, advice);
  }
}
