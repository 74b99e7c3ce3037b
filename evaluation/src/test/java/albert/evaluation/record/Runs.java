package albert.evaluation.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records to test with. */
final class Runs {
  static final Instant STARTED = Instant.parse("2026-01-31T12:00:00.123456789Z");

  private Runs() {}

  static RunRecordBuilder running(String study, String runId) {
    return RunRecord.builder()
        .run(study, runId)
        .config(
            Map.of(
                "task",
                "mrpc",
                "epochs",
                3,
                "learning_rate",
                5.0e-5,
                "lower_case",
                true,
                "layers",
                List.of(1, 2, 3),
                "optimizer",
                Map.of("name", "lamb", "beta_1", 0.9f)))
        .variant(Map.of("sharing", "all", "embedding_size", 128))
        .seeds(1, 2)
        .provenance(
            new Provenance(
                "0123abc",
                new Provenance.Software("1.0", "17.0.15", "2.18.0", "Linux 6.1"),
                new Provenance.Hardware("A \"fast\" CPU", 2, 8L << 30, List.of("avx2")),
                new Provenance.Execution("cpu", "float32", 2),
                "./albert run study.yaml"))
        .data(
            List.of(
                DataFingerprint.of(
                    "glue/MRPC", "ab".repeat(32), Map.of("train", 3668L, "dev", 408L), "a table")))
        .timings(Timings.startedAt(STARTED));
  }

  static RunRecord finished(String study, String runId) {
    return running(study, runId)
        .size(new ModelSize(11_683_584, 11_685_122, 46_740_488L, null))
        .timings(new Timings(STARTED, STARTED.plusSeconds(90), 80.5, null))
        .performance(new Performance(1234.5, null, 900.0))
        .finished(
            List.of(
                Score.of("mrpc", "f1", "dev", 0.1 + 0.2, 408, "last"),
                Score.absent("mrpc", "pearson", "dev", "one side is constant", 408, "last")))
        .build();
  }
}
