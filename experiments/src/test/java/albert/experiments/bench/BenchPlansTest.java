package albert.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.ConfigException;
import albert.model.runtime.Device;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import albert.reports.benchmark.BenchAxis;
import albert.reports.benchmark.BenchCase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which points a sweep and the suite have. */
final class BenchPlansTest {
  private static final List<Workload.Mode> MODES = List.of(Workload.Mode.values());
  private static final List<Precision> PRECISIONS =
      List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16);

  @Test
  void aSweepGrowsOneAxisAtATime() {
    List<BenchCase> cases = settings(sweep(Map.of("preset", "mini-albert"), 8, BenchAxis.values()));
    assertThat(cases).hasSize(1 + 5 + 4 + 4 + 2 + 2 + 2).doesNotHaveDuplicates();
    BenchCase centre = cases.get(0);
    assertThat(centre.batch()).isEqualTo(8);
    assertThat(values(BenchAxis.BATCH, cases)).containsExactlyInAnyOrder(1L, 2L, 4L, 8L, 16L, 32L);
    assertThat(values(BenchAxis.LENGTH, cases))
        .containsExactlyInAnyOrder(32L, 64L, 128L, 256L, 512L);
    assertThat(values(BenchAxis.DEPTH, cases)).containsExactlyInAnyOrder(1L, 2L, 4L, 8L, 12L);
    assertThat(values(BenchAxis.WIDTH, cases)).containsExactlyInAnyOrder(128L, 256L, 512L);
    assertThat(values(BenchAxis.VOCABULARY, cases))
        .containsExactlyInAnyOrder(8000L, 30_000L, 100_000L);
    assertThat(values(BenchAxis.THREADS, cases)).containsExactlyInAnyOrder(1L, 2L, 4L);
  }

  @Test
  void headsAndFeedForwardGrowWithTheWidth() {
    BenchCase wide =
        settings(sweep(Map.of("preset", "mini-bert"), 8, BenchAxis.WIDTH)).stream()
            .filter(of -> BenchAxis.WIDTH.value(of) == 512)
            .findFirst()
            .orElseThrow();
    assertThat(wide.architecture())
        .containsEntry("num_attention_heads", 8L)
        .containsEntry("intermediate_size", 2048L)
        .containsEntry("embedding_size", 512L)
        .containsEntry("hidden_dropout_prob", 0.0);
  }

  @Test
  void theCentreIsWhatWasAskedFor() {
    List<PlannedPoint> points =
        sweep(Map.of("preset", "mini-albert", "num_hidden_layers", 3), 5, BenchAxis.DEPTH);
    assertThat(values(BenchAxis.DEPTH, settings(points)))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 8L, 12L);
    assertThat(points.get(0).options())
        .contains("--preset=mini-albert", "--num-hidden-layers=3", "--batch=5", "--threads=4")
        .contains("--precision=float32", "--device=cpu", "--mode=train", "--sequence=128");
  }

  @Test
  void noSequenceIsLongerThanThereArePositions() {
    List<PlannedPoint> points =
        sweep(Map.of("preset", "mini-albert", "max_position_embeddings", 128), 8, BenchAxis.LENGTH);
    assertThat(values(BenchAxis.LENGTH, settings(points)))
        .containsExactlyInAnyOrder(32L, 64L, 128L);
    assertThatThrownBy(
            () -> sweep(Map.of("preset", "mini-albert", "max_position_embeddings", 64), 8))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("128");
  }

  @Test
  void theSuiteHasFourModelsInBothModesAndAllPrecisions() {
    List<PlannedPoint> points =
        new SuitePlan(MODES, PRECISIONS, 32, 128, false).points(Settings.NONE, gpu(140e9));
    assertThat(points).hasSize(4 * 2 * 3);
    assertThat(settings(points)).doesNotHaveDuplicates();
    assertThat(points).extracting(PlannedPoint::obstacle).containsOnly("");
    assertThat(settings(points)).extracting(BenchCase::device).containsOnly("gpu");
    assertThat(settings(points))
        .extracting(BenchCase::model)
        .contains("albert-base", "bert-base", "bert-large", "albert-xxlarge");
  }

  /** BERT-large has 335 million weights, of which a training step keeps four copies: 5.4 GB. */
  @Test
  void whatDoesNotFitOrIsNoUseIsNamed() {
    List<PlannedPoint> small =
        new SuitePlan(MODES, List.of(Precision.FLOAT32), 1, 128, false)
            .points(Settings.NONE, gpu(6e9));
    PlannedPoint large =
        small.stream()
            .filter(p -> p.setting().model().equals("bert-large"))
            .filter(p -> p.setting().mode().equals("train"))
            .findFirst()
            .orElseThrow();
    assertThat(large.obstacle())
        .contains("it needs at least 5.", "and there are 6.0 GB, of which a quarter is kept free");
    assertThat(small.get(0).obstacle()).isEmpty();
    List<PlannedPoint> tiny =
        new SuitePlan(MODES, PRECISIONS, 2, 16, true).points(Settings.NONE, cpu());
    assertThat(tiny).hasSize(24);
    assertThat(obstacle(tiny, "float16"))
        .isEqualTo("a CPU has no instructions for float16 products");
    assertThat(obstacle(tiny, "bfloat16")).contains("would emulate it");
    assertThat(obstacle(tiny, "float32")).isEmpty();
  }

  private static String obstacle(List<PlannedPoint> points, String precision) {
    List<String> obstacles =
        points.stream()
            .filter(point -> point.setting().precision().equals(precision))
            .map(PlannedPoint::obstacle)
            .distinct()
            .toList();
    assertThat(obstacles).hasSize(1);
    return obstacles.get(0);
  }

  private static List<PlannedPoint> sweep(Map<String, Object> asked, int batch, BenchAxis... axes) {
    return SweepPlan.of(asked(asked), cpu(), Workload.Mode.TRAIN, batch, 128, Arrays.asList(axes));
  }

  private static Settings asked(Map<String, Object> values) {
    return Settings.of(
        values.entrySet().stream()
            .map(e -> new Setting(ConfigKeys.find(e.getKey()).orElseThrow(), e.getValue(), "test"))
            .toList());
  }

  private static BenchMachine cpu() {
    RuntimeOptions runtime = new RuntimeOptions(4, Device.CPU, Precision.FLOAT32);
    return new BenchMachine("CPU, 4 cores", 16_000_000_000L, 4, runtime, false);
  }

  private static BenchMachine gpu(double bytes) {
    RuntimeOptions runtime = new RuntimeOptions(4, Device.GPU, Precision.FLOAT16);
    return new BenchMachine("GPU", (long) bytes, 4, runtime, true);
  }

  private static List<BenchCase> settings(List<PlannedPoint> points) {
    return points.stream().map(PlannedPoint::setting).toList();
  }

  private static List<Long> values(BenchAxis axis, List<BenchCase> cases) {
    return cases.stream().map(axis::value).distinct().toList();
  }
}
