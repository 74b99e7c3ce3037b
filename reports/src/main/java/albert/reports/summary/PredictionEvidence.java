package albert.reports.summary;

import albert.evaluation.PlainNumber;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.ItemBootstrap;
import albert.evaluation.stats.McNemarTest;
import albert.evaluation.stats.MultiBootstrap.SeedScore;
import albert.evaluation.stats.SeedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares variants by their predictions for the same examples.
 *
 * @param files the predictions
 */
record PredictionEvidence(PredictionFiles files) {
  /** Metrics that are the same whatever the classes are numbered. */
  private static final Set<Metric> NOMINAL =
      Set.of(Metric.ACCURACY, Metric.MATTHEWS_CORRELATION, Metric.MACRO_F1, Metric.MICRO_F1);

  /**
   * What the predictions say.
   *
   * @param items by seeds and examples
   * @param models of one seed on each side
   * @param otherExamples whether both sides have predictions, but not for the same examples
   */
  record Found(Optional<ItemBootstrap> items, Optional<McNemarTest> models, boolean otherExamples) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty(), false);
    static final Found UNEQUAL = new Found(Optional.empty(), Optional.empty(), true);

    /** The p of what there is. */
    OptionalDouble p() {
      return items
          .map(ItemBootstrap::p)
          .or(() -> models.map(McNemarTest::p))
          .map(OptionalDouble::of)
          .orElseGet(OptionalDouble::empty);
    }
  }

  Found compare(ReportRow variant, ReportRow baseline, ReportMetric metric) {
    Optional<Metric> kind = Metric.of(metric.metric());
    if (kind.isEmpty()) {
      return Found.NOTHING;
    }
    SortedMap<SeedKey, PredictionFile> own = files(variant, metric);
    SortedMap<SeedKey, PredictionFile> other = own.isEmpty() ? own : files(baseline, metric);
    TreeSet<SeedKey> common = new TreeSet<>(own.keySet());
    common.retainAll(other.keySet());
    if (common.isEmpty()) {
      return Found.NOTHING;
    }
    List<PredictionFile> all = new ArrayList<>();
    common.forEach(seed -> all.add(Objects.requireNonNull(own.get(seed))));
    common.forEach(seed -> all.add(Objects.requireNonNull(other.get(seed))));
    PredictionFile first = all.get(0);
    if (!all.stream().allMatch(first::isOfTheSameExamplesAs)) {
      return Found.UNEQUAL;
    }
    if (common.size() > 1 && common.size() < ItemBootstrap.FEWEST_SEEDS) {
      return Found.NOTHING;
    }
    Optional<double[][]> numbers = numbers(all, kind.get());
    if (numbers.isEmpty()) {
      return Found.NOTHING;
    }
    return found(numbers.get(), common.size(), kind.get());
  }

  /** Of ten seeds and more with the chance of seeds and examples, of one the two models alone. */
  private static Found found(double[][] numbers, int seeds, Metric kind) {
    double[] gold = numbers[0];
    if (seeds == 1 && kind == Metric.ACCURACY) {
      return new Found(Optional.empty(), Optional.of(mcNemar(gold, numbers[1], numbers[2])), false);
    }
    if (seeds == 1) {
      return Found.NOTHING;
    }
    SeedScore variant = score(kind, gold, Arrays.copyOfRange(numbers, 1, 1 + seeds));
    SeedScore baseline = score(kind, gold, Arrays.copyOfRange(numbers, 1 + seeds, numbers.length));
    ItemBootstrap items = ItemBootstrap.of(variant, baseline, seeds, gold.length);
    return Double.isNaN(items.p())
        ? Found.NOTHING
        : new Found(Optional.of(items), Optional.empty(), false);
  }

  private static McNemarTest mcNemar(double[] gold, double[] variant, double[] baseline) {
    int onlyVariant = 0;
    int onlyBaseline = 0;
    for (int i = 0; i < gold.length; i++) {
      onlyVariant += variant[i] == gold[i] && baseline[i] != gold[i] ? 1 : 0;
      onlyBaseline += variant[i] != gold[i] && baseline[i] == gold[i] ? 1 : 0;
    }
    return McNemarTest.exact(onlyVariant, onlyBaseline);
  }

  private static SeedScore score(Metric kind, double[] gold, double[][] predicted) {
    if (kind == Metric.ACCURACY) {
      return (seed, items) -> {
        long right = 0;
        for (int i : items) {
          right += predicted[seed][i] == gold[i] ? 1 : 0;
        }
        return (double) right / items.length;
      };
    }
    return (seed, items) -> kind.compute(pick(gold, items), pick(predicted[seed], items)).orNaN();
  }

  private static double[] pick(double[] values, int[] items) {
    return Arrays.stream(items).mapToDouble(i -> values[i]).toArray();
  }

  private SortedMap<SeedKey, PredictionFile> files(ReportRow row, ReportMetric metric) {
    SortedMap<SeedKey, PredictionFile> found = new TreeMap<>();
    for (RunRecord run : row.runs()) {
      if (run.status() == RunStatus.FINISHED) {
        files.of(run, metric.split()).ifPresent(file -> found.put(ReportRow.seeds(run), file));
      }
    }
    return found;
  }

  /**
   * Labels and then every file's predictions as numbers: as they are if all are numbers, else
   * numbered, which the metrics of classes without an order allow and the others do not.
   */
  private static Optional<double[][]> numbers(List<PredictionFile> files, Metric kind) {
    List<List<String>> texts = new ArrayList<>();
    texts.add(files.get(0).byId().values().stream().map(PredictionFile.Answer::label).toList());
    for (PredictionFile file : files) {
      texts.add(file.byId().values().stream().map(PredictionFile.Answer::prediction).toList());
    }
    boolean nominal = NOMINAL.contains(kind);
    Map<String, Double> numbered = new HashMap<>();
    double[][] numbers = new double[texts.size()][];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            texts.get(i).stream()
                .mapToDouble(
                    text ->
                        nominal
                            ? numbered.computeIfAbsent(text, t -> (double) numbered.size())
                            : PlainNumber.decimal(text).orElseThrow(NumberFormatException::new))
                .toArray();
      }
    } catch (NumberFormatException unusedNoNumber) {
      return Optional.empty();
    }
    return Optional.of(numbers);
  }
}
