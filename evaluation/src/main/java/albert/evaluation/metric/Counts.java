package albert.evaluation.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each thing occurs. */
final class Counts {
  private Counts() {}

  static <T> Map<T, Integer> of(List<T> things) {
    Map<T, Integer> counts = new HashMap<>();
    things.forEach(thing -> counts.merge(thing, 1, Integer::sum));
    return counts;
  }

  /** Size of the multiset that both have. */
  static <T> int common(Map<T, Integer> a, Map<T, Integer> b) {
    int common = 0;
    for (Map.Entry<T, Integer> entry : a.entrySet()) {
      common += Math.min(entry.getValue(), b.getOrDefault(entry.getKey(), 0));
    }
    return common;
  }
}
