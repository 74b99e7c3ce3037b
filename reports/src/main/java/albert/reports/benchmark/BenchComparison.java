package albert.reports.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * Points beside those of another file: an earlier commit's, or another program's.
 *
 * @param own what was measured here
 * @param other what it is compared with
 */
public record BenchComparison(List<BenchPoint> own, List<BenchPoint> other) {
  public BenchComparison {
    own = List.copyOf(own);
    other = List.copyOf(other);
  }

  /** The other's point of the same case. */
  public Optional<BenchPoint> beside(BenchPoint point) {
    return find(other, point);
  }

  /** Points of the other that have none here. */
  public List<BenchPoint> onlyOther() {
    return other.stream().filter(point -> find(own, point).isEmpty()).toList();
  }

  /** Points here that the other has none of. */
  public List<BenchPoint> onlyOwn() {
    return own.stream().filter(point -> beside(point).isEmpty()).toList();
  }

  /** Points here whose median is longer than that many times the other's. */
  public List<BenchPoint> slower(double tolerance) {
    return own.stream()
        .filter(
            point ->
                beside(point).stream()
                    .anyMatch(there -> point.medianMs() > tolerance * there.medianMs()))
        .toList();
  }

  /** Who measured the other points, each once: {@code PyTorch 2.9.0}. */
  public String otherProgram() {
    return String.join(" and ", other.stream().map(BenchPoint::program).distinct().toList());
  }

  /** What they were measured on, each once. */
  public String otherMachine() {
    return String.join(" and ", other.stream().map(BenchPoint::machine).distinct().toList());
  }

  private static Optional<BenchPoint> find(List<BenchPoint> points, BenchPoint like) {
    return points.stream().filter(point -> point.setting().isSameAs(like.setting())).findFirst();
  }
}
