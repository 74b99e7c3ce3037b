package albert.reports.figure;

/** A straight line between two points of the drawing. */
record Segment(double x1, double y1, double x2, double y2) {

  /** Whether some of it lies in a box, by clipping it as Liang and Barsky (1984) do. */
  boolean crosses(Box box) {
    double[] range = {0, 1};
    return clip(x1, x2 - x1, box.left(), box.right(), range)
        && clip(y1, y2 - y1, box.top(), box.bottom(), range);
  }

  /** Narrows the part of the line that lies between two bounds; whether any is left. */
  private static boolean clip(
      double start, double length, double low, double high, double[] range) {
    if (length == 0) {
      return start > low && start < high;
    }
    double first = (low - start) / length;
    double second = (high - start) / length;
    range[0] = Math.max(range[0], Math.min(first, second));
    range[1] = Math.min(range[1], Math.max(first, second));
    return range[0] < range[1];
  }
}
