package albert.model.compress;

import java.util.Arrays;

/**
 * The linear assignment problem: every row gets a column of its own so that the sum of what they
 * have in common is largest (shortest augmenting paths with potentials: Jonker and Volgenant 1987,
 * without its initialisation).
 */
final class Assignment {
  private final float[] gain;
  private final int size;
  private final double[] rowPotential;
  private final double[] columnPotential;

  /** Row of each column, -1 for none; the last column is the one that a search begins at. */
  private final int[] rowOf;

  private Assignment(float[] gain, int size) {
    this.gain = gain;
    this.size = size;
    rowPotential = new double[size];
    columnPotential = new double[size + 1];
    rowOf = new int[size + 1];
    Arrays.fill(rowOf, -1);
  }

  /**
   * The best assignment.
   *
   * @param gain [size, size], row by row; finite
   * @return the column of each row
   */
  static int[] best(float[] gain, int size) {
    Assignment assignment = new Assignment(gain, size);
    for (int row = 0; row < size; row++) {
      assignment.place(row);
    }
    int[] columns = new int[size];
    for (int column = 0; column < size; column++) {
      columns[assignment.rowOf[column]] = column;
    }
    return columns;
  }

  /** Finds the shortest path from a row to a free column and turns it over. */
  private void place(int row) {
    double[] distance = new double[size];
    int[] before = new int[size];
    boolean[] seen = new boolean[size + 1];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int column = size;
    rowOf[size] = row;
    while (rowOf[column] >= 0) {
      seen[column] = true;
      int at = rowOf[column];
      int next = -1;
      for (int j = 0; j < size; j++) {
        if (!seen[j]) {
          double reduced = -gain[at * size + j] - rowPotential[at] - columnPotential[j];
          if (reduced < distance[j]) {
            distance[j] = reduced;
            before[j] = column;
          }
          if (next < 0 || distance[j] < distance[next]) {
            next = j;
          }
        }
      }
      advance(distance, seen, distance[next]);
      column = next;
    }
    while (column != size) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
  }

  private void advance(double[] distance, boolean[] seen, double delta) {
    for (int j = 0; j <= size; j++) {
      if (seen[j]) {
        rowPotential[rowOf[j]] += delta;
        columnPotential[j] -= delta;
      } else {
        distance[j] -= delta;
      }
    }
  }
}
