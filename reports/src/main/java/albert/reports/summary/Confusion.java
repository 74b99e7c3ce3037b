package albert.reports.summary;

import albert.evaluation.PlainNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often a model said what of examples with one label each, over the seeds of a variant.
 *
 * @param metric by which the variant was chosen, of the task and part that it is about
 * @param variant what the report calls the variant
 * @param kind of the variant
 * @param seeds whose predictions are counted
 * @param labels that an example has or that were predicted, in their order
 * @param counts by right label and predicted label
 */
public record Confusion(
    ReportMetric metric,
    String variant,
    ReportRow.Kind kind,
    int seeds,
    List<String> labels,
    List<List<Long>> counts) {
  public Confusion {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** A pair of labels, one of which was taken for the other. */
  public record Pair(String label, String predicted, long count, long ofLabel) {}

  /**
   * Counts.
   *
   * @param files predictions of each seed, at least one
   */
  static Confusion of(ReportMetric metric, ReportRow row, List<PredictionFile> files) {
    Map<PredictionFile.Answer, Long> found = new HashMap<>();
    Set<String> names = new TreeSet<>();
    for (PredictionFile file : files) {
      for (PredictionFile.Answer answer : file.byId().values()) {
        found.merge(answer, 1L, Long::sum);
        names.add(answer.label());
        names.add(answer.prediction());
      }
    }
    List<String> labels = sorted(names);
    List<List<Long>> counts = new ArrayList<>();
    for (String label : labels) {
      counts.add(
          labels.stream()
              .map(said -> found.getOrDefault(new PredictionFile.Answer(label, said), 0L))
              .toList());
    }
    return new Confusion(metric, row.name(), row.kind(), files.size(), labels, counts);
  }

  /** By value where all are numbers, else as texts. */
  private static List<String> sorted(Collection<String> names) {
    List<String> sorted = new ArrayList<>(names);
    if (sorted.stream().allMatch(name -> PlainNumber.decimal(name).isPresent())) {
      sorted.sort(Comparator.comparingDouble(name -> PlainNumber.decimal(name).orElseThrow()));
    }
    return sorted;
  }

  /** How many examples have a label, over all seeds. */
  public long ofLabel(int label) {
    return counts.get(label).stream().mapToLong(Long::longValue).sum();
  }

  /** The pairs that were confused, the most frequent first. */
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      for (int said = 0; said < labels.size(); said++) {
        long count = counts.get(label).get(said);
        if (label != said && count > 0) {
          pairs.add(new Pair(labels.get(label), labels.get(said), count, ofLabel(label)));
        }
      }
    }
    pairs.sort(Comparator.comparingLong(Pair::count).reversed());
    return pairs;
  }
}
