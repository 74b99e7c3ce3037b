package albert.reports.published;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunRecord;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A variant of ours beside the published rows of its shape.
 *
 * <p>Several rows may have one shape and differ in how they were pretrained. It is put beside those
 * whose pretraining does not contradict its own in objective, dropout and additional data, and if
 * some of them are as long as its own, beside these. If all contradict it, it is put beside them
 * only if they were all pretrained in one way.
 */
final class VariantComparison {
  private final PublishedFigures published;
  private final List<ReportMetric> metrics;
  private final ReportRow row;
  private final RunRecord run;
  private final OwnPretraining own;
  private final List<PublishedModel> ofShape;
  private final List<PublishedModel> scored;
  private final List<PublishedModel> chosen;

  /**
   * @param metrics those of the report
   * @param row a variant with a run
   */
  VariantComparison(PublishedFigures published, List<ReportMetric> metrics, ReportRow row) {
    this.published = published;
    this.metrics = metrics;
    this.row = row;
    run = row.runs().get(0);
    own = OwnPretraining.of(run);
    ofShape = published.models().stream().filter(m -> m.hasShapeOf(run.config())).toList();
    scored = ofShape.stream().filter(model -> !scores(model).isEmpty()).toList();
    chosen = chosen();
  }

  /**
   * A published score and ours.
   *
   * @param model the published model
   * @param number the published score
   * @param kind what it is a score of
   * @param metric ours
   */
  private record Pair(
      PublishedModel model, PublishedNumber number, PublishedMetric kind, ReportMetric metric) {}

  private List<Pair> scores(PublishedModel model) {
    List<Pair> pairs = new ArrayList<>();
    for (PublishedNumber number : published.of(model)) {
      for (ReportMetric metric : metrics) {
        for (PublishedMetric kind : published.metrics()) {
          if (kind.is(number, metric) && row.score(metric).isPresent()) {
            pairs.add(new Pair(model, number, kind, metric));
          }
        }
      }
    }
    return pairs;
  }

  private List<PublishedModel> chosen() {
    List<PublishedModel> possible =
        scored.stream().filter(model -> model.pretraining().mayBe(own)).toList();
    if (possible.isEmpty()) {
      boolean oneWay = scored.stream().map(PublishedModel::pretraining).distinct().count() <= 1;
      return oneWay ? scored : List.of();
    }
    List<PublishedModel> asLong =
        possible.stream().filter(model -> model.pretraining().isAsLongAs(own)).toList();
    return asLong.isEmpty() ? possible : asLong;
  }

  /** Our number of parameters beside each published one; pretraining does not matter to it. */
  List<PublishedComparison> sizes() {
    Optional<Long> count = row.size().map(ModelSize::encoderParameters);
    if (count.isEmpty()) {
      return List.of();
    }
    Map<Double, List<Printed>> printed = new LinkedHashMap<>();
    for (PublishedModel model : ofShape) {
      for (PublishedNumber number : published.of(model)) {
        if (number.metric().equals(PublishedComparison.PARAMETERS)) {
          printed
              .computeIfAbsent(number.number().orElseThrow(), value -> new ArrayList<>())
              .add(new Printed(model, number));
        }
      }
    }
    return printed.values().stream().map(same -> size(count.get(), same)).toList();
  }

  private record Printed(PublishedModel model, PublishedNumber number) {}

  private PublishedComparison size(long count, List<Printed> printed) {
    Printed first = printed.get(0);
    List<PublishedNumber> numbers = printed.stream().map(Printed::number).toList();
    return new PublishedComparison(
        row.name(),
        "parameters",
        count,
        Numbers.whole((double) count),
        first.number,
        numbers.subList(1, numbers.size()),
        "",
        "",
        "counted: encoder and pooler",
        new ProtocolDifferences(run, own, first.model).ofSize(),
        published.faults(numbers));
  }

  /** Our scores beside the published ones, those of one model that are printed twice once. */
  List<PublishedComparison> scores() {
    Map<List<Object>, List<Pair>> printed = new LinkedHashMap<>();
    for (PublishedModel model : chosen) {
      for (Pair pair : scores(model)) {
        List<Object> same =
            List.of(
                pair.metric,
                pair.number.number().orElseThrow(),
                model.pretraining(),
                model.protocol());
        printed.computeIfAbsent(same, key -> new ArrayList<>()).add(pair);
      }
    }
    return printed.values().stream().flatMap(pairs -> score(pairs).stream()).toList();
  }

  private Optional<PublishedComparison> score(List<Pair> pairs) {
    Pair pair = pairs.get(0);
    PublishedProtocol protocol = published.protocol(pair.model, pair.kind);
    List<PublishedNumber> numbers = pairs.stream().map(Pair::number).toList();
    return OwnFigure.of(row, pair.metric, protocol)
        .map(
            figure -> {
              double ours = figure.value() * pair.kind.scale();
              return new PublishedComparison(
                  row.name(),
                  pair.metric.label(),
                  ours,
                  Numbers.fixed(ours, 2),
                  pair.number,
                  numbers.subList(1, numbers.size()),
                  pair.model.pretraining().words(),
                  protocol.words(),
                  words(figure),
                  new ProtocolDifferences(run, own, pair.model)
                      .ofScore(pair.kind, protocol, figure),
                  published.faults(numbers));
            });
  }

  private String words(OwnFigure figure) {
    return String.format(
        Locale.ROOT,
        "%s; checkpoint: %s; %s",
        figure.aggregate(),
        figure.checkpoint(),
        own.words());
  }

  /** The published models that it is put beside. */
  List<PublishedModel> models() {
    return chosen;
  }

  /** Our scores beside one published model's, by our metric. */
  Map<ReportMetric, PublishedComparison> besides(PublishedModel model) {
    Map<ReportMetric, PublishedComparison> found = new LinkedHashMap<>();
    for (Pair pair : scores(model)) {
      score(List.of(pair)).ifPresent(comparison -> found.put(pair.metric, comparison));
    }
    return found;
  }

  /** The scored rows of this shape that it is not put beside. */
  Optional<OtherRows> others() {
    List<PublishedModel> others = scored.stream().filter(model -> !chosen.contains(model)).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<PublishedNumber>> numbers = new LinkedHashMap<>();
    others.stream()
        .map(this::scores)
        .flatMap(Collection::stream)
        .forEach(
            pair ->
                numbers
                    .computeIfAbsent(pair.metric.label(), label -> new ArrayList<>())
                    .add(pair.number));
    List<String> ranges =
        numbers.entrySet().stream().map(e -> e.getKey() + " " + range(e.getValue())).toList();
    boolean isKnown = own.kind() != OwnPretraining.Kind.WEIGHTS || !chosen.isEmpty();
    return Optional.of(new OtherRows(row.name(), others, isKnown, !chosen.isEmpty(), ranges));
  }

  private static String range(List<PublishedNumber> numbers) {
    Comparator<PublishedNumber> order =
        Comparator.comparingDouble(number -> number.number().orElseThrow());
    String least = numbers.stream().min(order).orElseThrow().value();
    String most = numbers.stream().max(order).orElseThrow().value();
    return least.equals(most) ? least : least + " to " + most;
  }
}
