package albert.datasets.batch;

/**
 * A text that is too long for one sequence, cut into stretches that overlap:
 * google-research/albert, {@code squad_utils.py:convert_examples_to_features}.
 *
 * @param pieces of the text
 * @param room most pieces of a stretch, at least 1
 * @param stride how many pieces a stretch begins after the last, at least 1 and at most {@code
 *     room}
 */
public record Stretches(int pieces, int room, int stride) {
  /** Without a gap between stretches, however large the stride is. */
  public Stretches {
    stride = Math.min(stride, room);
  }

  /** How many there are, at least one. */
  public int count() {
    return pieces <= room ? 1 : 1 + (pieces - room + stride - 1) / stride;
  }

  /** The first piece of a stretch. */
  public int start(int stretch) {
    return stretch * stride;
  }

  /** The piece after its last. */
  public int end(int stretch) {
    return Math.min(start(stretch) + room, pieces);
  }

  /** The stretch that shows the most text around a piece. */
  public int best(int piece) {
    int last = Math.min(piece / stride, count() - 1);
    int best = piece < room ? 0 : (piece - room) / stride + 1;
    for (int other = best + 1; other <= last; other++) {
      if (context(other, piece) > context(best, piece)) {
        best = other;
      }
    }
    return best;
  }

  /** The published score: the smaller side, and a little for the length. */
  private double context(int stretch, int piece) {
    int left = piece - start(stretch);
    int right = end(stretch) - 1 - piece;
    return Math.min(left, right) + 0.01 * (end(stretch) - start(stretch));
  }
}
