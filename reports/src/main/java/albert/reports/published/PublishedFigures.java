package albert.reports.published;

import java.util.List;

/**
 * All that the suite carries of published figures.
 *
 * @param models which model each row is of
 * @param numbers the figures
 * @param metrics what the columns are in our records
 * @param protocols how scores came about
 * @param faults known faults
 */
record PublishedFigures(
    List<PublishedModel> models,
    List<PublishedNumber> numbers,
    List<PublishedMetric> metrics,
    List<PublishedProtocol> protocols,
    List<PublishedFault> faults) {
  static PublishedFigures all() {
    return new PublishedFigures(
        PublishedModel.all(),
        PublishedNumber.all().stream().filter(number -> number.number().isPresent()).toList(),
        PublishedMetric.all(),
        PublishedProtocol.all(),
        PublishedFault.all());
  }

  /** The figures of a model's row. */
  List<PublishedNumber> of(PublishedModel model) {
    return numbers.stream()
        .filter(n -> n.table().equals(model.table()) && n.row().equals(model.row()))
        .toList();
  }

  /**
   * How a model's scores of a kind came about.
   *
   * @throws IllegalStateException if that is missing in the resources
   */
  PublishedProtocol protocol(PublishedModel model, PublishedMetric metric) {
    return protocols.stream()
        .filter(p -> p.name().equals(model.protocol()) && p.benchmark().equals(metric.benchmark()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no protocol for " + model.protocol() + ", " + metric.benchmark()));
  }

  /** The faults that touch any of some figures. */
  List<PublishedFault> faults(List<PublishedNumber> figures) {
    return faults.stream().filter(fault -> figures.stream().anyMatch(fault::touches)).toList();
  }
}
