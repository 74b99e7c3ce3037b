package albert.reports.figure;

/**
 * A horizontal line to compare with.
 *
 * @param label its name
 * @param y finite
 */
public record ReferenceLine(String label, double y) {
  public ReferenceLine {
    if (!Double.isFinite(y)) {
      throw new IllegalArgumentException("line '" + label + "' is at " + y);
    }
  }
}
