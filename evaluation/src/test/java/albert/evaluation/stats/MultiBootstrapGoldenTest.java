package albert.evaluation.stats;

import static albert.evaluation.GoldenCases.assertClose;
import static albert.evaluation.GoldenCases.assertProbability;
import static albert.evaluation.GoldenCases.integers;

import albert.evaluation.GoldenCases;
import albert.evaluation.metric.Metric;
import albert.evaluation.stats.MultiBootstrap.Draw;
import albert.evaluation.stats.MultiBootstrap.Estimate;
import albert.evaluation.stats.MultiBootstrap.SeedScore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("golden")
final class MultiBootstrapGoldenTest {

  @TestFactory
  List<DynamicTest> multibootstrap() throws IOException {
    return GoldenCases.lines("multibootstrap", MultiBootstrapGoldenTest::check);
  }

  private static void check(JsonNode golden) {
    int[] gold = integers(golden.get("gold"));
    List<int[]> base = runs(golden, false);
    List<int[]> experiment = runs(golden, true);
    List<Draw> draws = new ArrayList<>();
    for (JsonNode draw : golden.get("draws")) {
      draws.add(
          new Draw(
              indices(draw, "seeds", "base_seeds", base.size()),
              indices(draw, "seeds", "experiment_seeds", experiment.size()),
              indices(draw, "items", "items", gold.length)));
    }
    Metric metric = Metric.of(golden.get("metric").textValue()).orElseThrow();
    MultiBootstrap got =
        MultiBootstrap.of(score(metric, gold, base), score(metric, gold, experiment), draws);
    JsonNode expected = golden.get("expected");
    for (int i = 0; i < draws.size(); i++) {
      JsonNode replicate = expected.get("replicates").get(i);
      assertClose("base " + i, got.base().replicates().get(i), replicate.get(0));
      assertClose("expt " + i, got.experiment().replicates().get(i), replicate.get(1));
    }
    assertEstimate(got.base(), expected.get("base"));
    assertEstimate(got.experiment(), expected.get("expt"));
    assertEstimate(got.delta(), expected.get("delta"));
    assertProbability(got.p(), expected.get("delta").get("p"));
  }

  private static List<int[]> runs(JsonNode golden, boolean intervention) {
    return StreamSupport.stream(golden.get("runs").spliterator(), false)
        .filter(run -> run.get("intervention").booleanValue() == intervention)
        .sorted((a, b) -> Integer.compare(a.get("seed").intValue(), b.get("seed").intValue()))
        .map(run -> integers(run.get("predicted")))
        .toList();
  }

  private static int[] indices(JsonNode draw, String key, String orElse, int all) {
    if (draw.has(key)) {
      return integers(draw.get(key));
    }
    return draw.has(orElse) ? integers(draw.get(orElse)) : IntStream.range(0, all).toArray();
  }

  private static SeedScore score(Metric metric, int[] gold, List<int[]> runs) {
    return (seed, items) -> metric.compute(pick(gold, items), pick(runs.get(seed), items)).orNaN();
  }

  private static int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  private static void assertEstimate(Estimate got, JsonNode expected) {
    assertClose("mean", got.mean(), expected.get("mean"));
    assertClose("low", got.interval().low(), expected.get("low"));
    assertClose("high", got.interval().high(), expected.get("high"));
  }
}
