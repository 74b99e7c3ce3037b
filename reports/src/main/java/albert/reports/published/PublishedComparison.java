package albert.reports.published;

import java.util.List;

/**
 * A cell of ours beside the published one that it corresponds to.
 *
 * @param variant name of our variant
 * @param what metric or size that is compared
 * @param ours our figure, on the published scale
 * @param oursText our figure as readers see it
 * @param published the published figure
 * @param also where else it is printed of the same model, pretrained in the same way
 * @param setting how the published model was pretrained; empty for a size
 * @param theirProtocol how the published score came about; empty for a size
 * @param protocol how our figure came about
 * @param unequal in what the protocols differ, or may differ because it is not said
 * @param faults known faults of the published figure, wherever it is printed
 */
public record PublishedComparison(
    String variant,
    String what,
    double ours,
    String oursText,
    PublishedNumber published,
    List<PublishedNumber> also,
    String setting,
    String theirProtocol,
    String protocol,
    List<String> unequal,
    List<PublishedFault> faults) {
  /** The column of the published tables that has sizes. */
  static final String PARAMETERS = "params";

  public PublishedComparison {
    also = List.copyOf(also);
    unequal = List.copyOf(unequal);
    faults = List.copyOf(faults);
  }

  /** Ours minus theirs. */
  public double difference() {
    return ours - published.number().orElseThrow();
  }

  /** Whether it is about the number of parameters. */
  public boolean isSize() {
    return published.metric().equals(PARAMETERS);
  }
}
