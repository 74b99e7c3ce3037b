package albert.reports.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which points of a {@link ScatterPlot} no other one beats: its Pareto front. */
public enum Front {
  /** None is drawn. */
  NONE,
  /** Less to the right is better: a cost. */
  LESS,
  /** More to the right is better: a speed. */
  MORE;

  /**
   * The points that no other one beats in both directions, from left to right; higher is better.
   */
  public List<ScatterPoint> of(List<ScatterPoint> points) {
    if (this == NONE) {
      return List.of();
    }
    double sign = this == LESS ? 1 : -1;
    List<ScatterPoint> ordered = new ArrayList<>(points);
    ordered.sort(
        Comparator.comparingDouble((ScatterPoint p) -> sign * p.x())
            .thenComparing(Comparator.comparingDouble(ScatterPoint::y).reversed()));
    List<ScatterPoint> front = new ArrayList<>();
    double highest = Double.NEGATIVE_INFINITY;
    for (ScatterPoint point : ordered) {
      if (point.y() > highest) {
        front.add(point);
        highest = point.y();
      }
    }
    front.sort(Comparator.comparingDouble(ScatterPoint::x));
    return front;
  }
}
