package albert.experiments.task.text;

import albert.datasets.batch.EncodedExample;
import albert.experiments.task.kind.Sequences;
import java.util.List;

/**
 * Texts, each of which is one sequence.
 *
 * @param rows in their order
 * @param cut how many were longer than the longest sequence
 */
public record TextSequences(List<EncodedExample> rows, long cut) implements Sequences {
  /** Copies the list. */
  public TextSequences {
    rows = List.copyOf(rows);
  }
}
