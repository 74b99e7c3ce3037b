package albert.experiments.task.entity;

import albert.datasets.batch.EncodedExample;
import albert.datasets.entity.SentenceWindow;
import albert.datasets.entity.TaggedSentence;
import albert.experiments.task.kind.Sequences;
import java.util.List;

/**
 * Windows of sentences.
 *
 * @param sentences what was encoded
 * @param windows in the order of the sentences
 */
public record EntitySequences(List<TaggedSentence> sentences, List<SentenceWindow> windows)
    implements Sequences {
  /** Copies the lists. */
  public EntitySequences {
    sentences = List.copyOf(sentences);
    windows = List.copyOf(windows);
  }

  @Override
  public List<EncodedExample> rows() {
    return EncodedExample.unlabelled(windows.stream().map(SentenceWindow::sequence).toList());
  }

  @Override
  public int example(int row) {
    return windows.get(row).sentence();
  }

  /** None: sentences are read window by window. */
  @Override
  public long cut() {
    return 0;
  }
}
