package albert.experiments.task.summary;

import albert.datasets.batch.EncodedExample;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryWindow;
import albert.datasets.summary.SummaryWindows;
import albert.experiments.task.kind.Sequences;
import java.util.List;

/**
 * Windows of documents.
 *
 * @param documents what was encoded
 * @param encoded their windows
 */
record SummarySequences(List<SummaryDocument> documents, SummaryWindows encoded)
    implements Sequences {
  /** Copies the list. */
  SummarySequences {
    documents = List.copyOf(documents);
  }

  List<SummaryWindow> windows() {
    return encoded.windows();
  }

  @Override
  public List<EncodedExample> rows() {
    return EncodedExample.unlabelled(windows().stream().map(SummaryWindow::sequence).toList());
  }

  @Override
  public int example(int row) {
    return windows().get(row).document();
  }

  @Override
  public long cut() {
    return encoded.cut();
  }
}
