package albert.experiments.search;

import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cosine of every query with every passage: exact, a matrix product of float32 in blocks, on
 * all cores. A cosine does not depend on the other queries and passages, to the last bit.
 */
final class CosineSimilarity {
  /** Queries whose cosines are in memory at once. */
  private static final int QUERIES = 64;

  /** Passages that a core takes at once, so that they stay in its cache. */
  private static final int PASSAGES = 256;

  private CosineSimilarity() {}

  /** Takes the cosines of a query. */
  @FunctionalInterface
  interface Sink {
    /**
     * Reads them.
     *
     * @param query its index
     * @param cosines float32 [passages]; changes when this returns
     */
    void read(int query, float[] cosines);
  }

  /**
   * Computes them, a query after the other.
   *
   * @param queries float32 [queries, H], of length 1
   * @param passages float32 [passages, H], of length 1
   */
  static void forEach(FloatTensor queries, FloatTensor passages, Sink sink) {
    int all = (int) queries.shape()[0];
    int found = (int) passages.shape()[0];
    float[][] cosines = new float[Math.min(QUERIES, all)][found];
    for (int first = 0; first < all; first += QUERIES) {
      int from = first;
      int count = Math.min(QUERIES, all - first);
      IntStream.range(0, (found + PASSAGES - 1) / PASSAGES)
          .parallel()
          .forEach(block -> multiply(queries, from, count, passages, block * PASSAGES, cosines));
      for (int query = 0; query < count; query++) {
        sink.read(first + query, cosines[query]);
      }
    }
  }

  /** The cosines of some queries with a block of passages. */
  private static void multiply(
      FloatTensor queries, int from, int count, FloatTensor passages, int start, float[][] to) {
    int size = (int) passages.shape()[1];
    int width = Math.min(PASSAGES, (int) passages.shape()[0] - start);
    float[] rows = Arrays.copyOfRange(passages.values(), start * size, (start + width) * size);
    float[] columns = FloatTensor.of(rows, width, size).transposed().values();
    float[] sums = new float[width];
    for (int query = 0; query < count; query++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < size; i++) {
        add(queries.values()[(from + query) * size + i], columns, i * width, sums);
      }
      System.arraycopy(sums, 0, to[query], start, width);
    }
  }

  /** A loop that the compiler turns into vector instructions. */
  private static void add(float factor, float[] values, int from, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[from + i];
    }
  }
}
