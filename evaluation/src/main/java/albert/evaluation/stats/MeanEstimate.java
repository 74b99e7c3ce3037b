package albert.evaluation.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The mean of a variant's scores as an estimate of what the variant gives on average over all
 * seeds.
 *
 * @param n independent seeds that it rests on
 * @param mean of the scores
 * @param variance of that mean; NaN for fewer than two seeds
 * @param df degrees of freedom of the variance; NaN likewise
 */
public record MeanEstimate(int n, double mean, double variance, double df) {

  /**
   * Of independent scores: variance s²/n with n - 1 degrees of freedom.
   *
   * @throws IllegalArgumentException if there is no score or one is not finite
   */
  public static MeanEstimate of(double[] scores) {
    Samples.requireFinite(scores);
    int n = scores.length;
    double s = Samples.standardDeviation(scores);
    return new MeanEstimate(n, Samples.mean(scores), s * s / n, n < 2 ? Double.NaN : n - 1.0);
  }

  /**
   * Of scores by their seeds. Where every seed of the initialisation is crossed with every seed of
   * the data's order, runs share seeds and are not independent: both kinds of seeds are then random
   * effects, whose variances add up (two-way layout without interaction; Searle, Casella and
   * McCulloch, Variance Components, 1992, section 4.4) with Satterthwaite's degrees of freedom, and
   * n is the smaller number of seeds. Where a seed of the initialisation recurs otherwise, the mean
   * of its runs counts as one score.
   *
   * @throws IllegalArgumentException if there is no score or one is not finite
   */
  public static MeanEstimate of(SortedMap<SeedKey, Double> scores) {
    SortedSet<Long> inits = new TreeSet<>();
    SortedSet<Long> data = new TreeSet<>();
    scores
        .keySet()
        .forEach(
            seed -> {
              inits.add(seed.init());
              data.add(seed.data());
            });
    if (inits.size() == scores.size()) {
      return of(scores.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
    boolean crossed = inits.size() * data.size() == scores.size();
    if (crossed && inits.size() > 1 && data.size() > 1) {
      return crossed(scores, List.copyOf(inits), List.copyOf(data));
    }
    return of(meansByInit(scores));
  }

  /**
   * An estimate from weighted sums of the scores of one seed, such as the differences of pairs.
   * Sums that are all equal but for rounding are made equal.
   *
   * @param weights one a sample
   * @param samples one and more
   * @return empty if there is no seed that all samples have
   */
  public static Optional<MeanEstimate> ofSums(
      double[] weights, List<SortedMap<SeedKey, Double>> samples) {
    SortedSet<SeedKey> common = new TreeSet<>(samples.get(0).keySet());
    samples.forEach(sample -> common.retainAll(sample.keySet()));
    if (common.isEmpty()) {
      return Optional.empty();
    }
    List<SeedKey> seeds = List.copyOf(common);
    double[] sums = new double[seeds.size()];
    double largest = 0;
    for (int s = 0; s < weights.length; s++) {
      for (int i = 0; i < sums.length; i++) {
        double score = Objects.requireNonNull(samples.get(s).get(seeds.get(i)));
        sums[i] += weights[s] * score;
        largest = Math.max(largest, Math.abs(score));
      }
    }
    Samples.withoutRounding(sums, largest);
    SortedMap<SeedKey, Double> bySeed = new TreeMap<>();
    seeds.forEach(seed -> bySeed.put(seed, sums[bySeed.size()]));
    return Optional.of(of(bySeed));
  }

  private static double[] meansByInit(SortedMap<SeedKey, Double> scores) {
    SortedMap<Long, SortedMap<SeedKey, Double>> byInit = new TreeMap<>();
    scores.forEach(
        (seed, score) ->
            byInit.computeIfAbsent(seed.init(), init -> new TreeMap<>()).put(seed, score));
    return byInit.values().stream()
        .mapToDouble(
            own -> Samples.mean(own.values().stream().mapToDouble(Double::doubleValue).toArray()))
        .toArray();
  }

  private static MeanEstimate crossed(
      SortedMap<SeedKey, Double> scores, List<Long> inits, List<Long> data) {
    int rows = inits.size();
    int columns = data.size();
    double[][] cells = new double[rows][columns];
    scores.forEach(
        (seed, score) -> cells[inits.indexOf(seed.init())][data.indexOf(seed.data())] = score);
    double[] rowMeans = Arrays.stream(cells).mapToDouble(Samples::mean).toArray();
    double[] columnMeans = new double[columns];
    Arrays.setAll(
        columnMeans, j -> Samples.mean(Arrays.stream(cells).mapToDouble(row -> row[j]).toArray()));
    double mean = Samples.mean(rowMeans);
    double byRows = Math.pow(Samples.standardDeviation(rowMeans), 2) / rows;
    double byColumns = Math.pow(Samples.standardDeviation(columnMeans), 2) / columns;
    double rest = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        rest += Math.pow(cells[i][j] - rowMeans[i] - columnMeans[j] + mean, 2);
      }
    }
    double dfRest = (rows - 1.0) * (columns - 1.0);
    double error = rest / dfRest / (rows * columns);
    // each kind of seeds adds what it has beyond the error's share; a variance is not negative
    double variance = error + Math.max(0, byRows - error) + Math.max(0, byColumns - error);
    double df =
        variance
            * variance
            / (byRows * byRows / (rows - 1)
                + byColumns * byColumns / (columns - 1)
                + error * error / dfRest);
    return new MeanEstimate(Math.min(rows, columns), mean, variance, df);
  }
}
