package albert.model.io;

import albert.model.tensor.FloatTensor;

/** Turns kernels of dense layers between [in, out] and PyTorch's [out, in]. */
final class Kernel {
  // small enough that a tile of both sides stays in the first cache
  private static final int TILE = 32;

  private Kernel() {}

  /** The transpose, float32 [columns, rows], of a matrix [rows, columns]. */
  static FloatTensor transposed(FloatTensor matrix) {
    int rows = (int) matrix.shape()[0];
    int columns = (int) matrix.shape()[1];
    float[] from = matrix.values();
    float[] to = new float[from.length];
    for (int top = 0; top < rows; top += TILE) {
      for (int left = 0; left < columns; left += TILE) {
        for (int row = top; row < Math.min(rows, top + TILE); row++) {
          for (int column = left; column < Math.min(columns, left + TILE); column++) {
            to[column * rows + row] = from[row * columns + column];
          }
        }
      }
    }
    return FloatTensor.of(to, columns, rows);
  }
}
