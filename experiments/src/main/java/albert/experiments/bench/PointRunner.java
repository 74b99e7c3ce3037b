package albert.experiments.bench;

import java.io.IOException;
import java.util.List;

/** Measures a point in a process of its own, so that its peak of memory is its own. */
@FunctionalInterface
public interface PointRunner {
  /**
   * Measures.
   *
   * @param options of {@code bench}
   * @param limitSeconds gives up after so long
   * @throws PointException if nothing came of it
   * @throws albert.experiments.stage.StoppedException if it was asked to stop
   * @throws IOException if no process can be started
   */
  ThroughputProbe.Measurement measure(List<String> options, double limitSeconds)
      throws PointException, IOException;
}
