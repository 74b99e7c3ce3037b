package albert.datasets.summary;

import java.util.List;

/**
 * Documents as windows.
 *
 * @param windows in the order of the documents and of their sentences, each sentence in one
 * @param cut how many documents have a sentence that was cut
 */
public record SummaryWindows(List<SummaryWindow> windows, long cut) {
  /** Copies the list. */
  public SummaryWindows {
    windows = List.copyOf(windows);
  }
}
