package albert.experiments.doctor;

/**
 * Something that is missing, and what to do about it.
 *
 * @param preventsWork whether nothing can be computed without it, on the CPU either
 * @param problem what is missing or wrong
 * @param remedy what to do
 */
public record Advice(boolean preventsWork, String problem, String remedy) {

  static Advice needed(String problem, String remedy) {
    return new Advice(true, problem, remedy);
  }

  static Advice useful(String problem, String remedy) {
    return new Advice(false, problem, remedy);
  }
}
