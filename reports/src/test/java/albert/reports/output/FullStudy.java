package albert.reports.output;

import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.Latency;
import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.record.Timings;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A made-up study that has something for every part of a report: the paper's Table 4 on SST-2 with
 * five seeds, one run of which failed, with predictions and logs.
 */
final class FullStudy {
  private static final int ITEMS = 872;
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private FullStudy() {}

  static StudyDescription study() {
    return new StudyDescription(
        "sharing-sst-2",
        "What does each kind of sharing cost in accuracy on SST-2, and buy in size and speed?",
        new TreeMap<>(MadeUp.values("none", 768)),
        List.of(),
        List.of(
            new StudyDescription.Reference("majority guess", List.of(score(0.5092))),
            new StudyDescription.Reference("bag of words", List.of(score(0.8016)))),
        "./albert run experiments/studies/small/table-4.yaml");
  }

  static List<RunRecord> runs() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(run("none", 768, 109_081_344, seed, 0.862, 1_950, 31.0));
      runs.add(run("attention", 768, 83_078_400, seed, 0.861, 2_010, 30.6));
      runs.add(run("ffn", 768, 57_117_696, seed, 0.842, 2_070, 30.4));
      runs.add(run("all", 768, 31_114_752, seed, 0.826, 2_160, 29.9));
      runs.add(run("none", 128, 89_650_176, seed, 0.859, 2_020, 30.9));
      runs.add(run("attention", 128, 63_647_232, seed, 0.857, 2_110, 30.5));
      runs.add(run("ffn", 128, 37_686_528, seed, 0.840, 2_180, 30.3));
      runs.add(run("all", 128, 11_683_584, seed, 0.824, 2_250, 29.8));
    }
    RunRecord last = runs.get(runs.size() - 1);
    runs.set(runs.size() - 1, last.toBuilder().failed("loss is NaN at step 1210").build());
    return runs;
  }

  private static RunRecord run(
      String sharing,
      int embedding,
      long parameters,
      int seed,
      double accuracy,
      double speed,
      double latency) {
    Map<String, Object> config = new TreeMap<>(MadeUp.values(sharing, embedding));
    config.put("task", "sst-2");
    config.put("preset", "albert-base");
    config.put("num_hidden_layers", 12);
    config.put("hidden_size", 768);
    config.put("batch_size", 32);
    config.put("learning_rate", 1e-5);
    String id = CanonicalJson.sha256(List.of(sharing, embedding, seed)).substring(0, 12);
    RunRecordBuilder builder =
        RunRecord.builder()
            .run("sharing-sst-2", id)
            .config(config)
            .variant(MadeUp.values(sharing, embedding))
            .seeds(seed, seed)
            .provenance(MadeUp.provenance("4f2a91c"))
            .size(
                new ModelSize(
                    parameters,
                    parameters + 1_538,
                    4 * parameters,
                    169_869_312L + (embedding == 768 ? 0 : 196_608)))
            .timings(new Timings(START, START.plusSeconds(900), 812.0, 21.0))
            .performance(
                new Performance(
                    speed + 13.0 * seed,
                    6.1 * speed + 21.0 * seed,
                    2_400 - 40.0 * seed,
                    new Latency(latency, 1.1 * latency, 1.4 * latency, 100, 128)))
            .costs(costs(parameters, embedding));
    long right = Math.round(ITEMS * (accuracy + 0.004 * Math.sin(7.0 * seed + embedding)));
    return builder.finished(List.of(score((double) right / ITEMS))).build();
  }

  private static ModelCosts costs(long parameters, int embedding) {
    double flops = 174_583_808.0 * 128 + (embedding == 768 ? 0 : 196_608.0 * 128);
    return new ModelCosts(128, 32, cost(parameters, flops), cost(109_081_344, 174_583_808.0 * 128));
  }

  private static ModelCosts.Cost cost(long parameters, double flops) {
    return new ModelCosts.Cost(
        parameters,
        flops,
        96 * flops,
        4 * parameters,
        342_000_000,
        2_718_000_000L,
        12 * parameters);
  }

  private static Score score(double value) {
    return Score.of("sst-2", "accuracy", "dev", value, ITEMS, "last");
  }

  /** Writes predictions and logs of finished runs. */
  static Function<RunRecord, Optional<RunDirectory>> files(Path root, List<RunRecord> runs)
      throws IOException {
    for (RunRecord run : runs) {
      RunDirectory directory = new RunDirectory(root.resolve(run.runId()));
      if (run.status() == RunStatus.FINISHED && !Files.exists(directory.path())) {
        Files.createDirectories(directory.predictions());
        predictions(directory, run);
        log(directory, run);
      }
    }
    return run -> Optional.of(new RunDirectory(root.resolve(run.runId())));
  }

  /** As many right as the run's score says; hard examples are hard for all. */
  private static void predictions(RunDirectory directory, RunRecord run) throws IOException {
    Double accuracy = run.scores().get(0).value();
    int wrong = ITEMS - (int) Math.round(ITEMS * (accuracy == null ? 0 : accuracy));
    SplittableRandom random = new SplittableRandom(run.runId().hashCode());
    boolean[] isWrong = new boolean[ITEMS];
    for (int left = wrong; left > 0; ) {
      int item = random.nextInt(4) > 0 ? random.nextInt(200) : random.nextInt(ITEMS);
      if (!isWrong[item]) {
        isWrong[item] = true;
        left--;
      }
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      int label = i % 2;
      lines
          .append("{\"id\":\"dev-")
          .append(i)
          .append("\",\"label\":\"")
          .append(label)
          .append("\",\"prediction\":\"")
          .append(isWrong[i] ? 1 - label : label)
          .append("\"}\n");
    }
    Files.writeString(directory.predictions().resolve("dev.jsonl"), lines);
  }

  private static void log(RunDirectory directory, RunRecord run) throws IOException {
    SplittableRandom random = new SplittableRandom(run.runId().hashCode());
    double floor = "all".equals(run.variant().get("sharing")) ? 0.34 : 0.26;
    try (MetricsLog log = MetricsLog.openAfter(directory.metrics(), 0)) {
      for (int step = 50; step <= 2_000; step += 50) {
        double loss = floor + 0.43 * Math.exp(-step / 420.0) + 0.03 * random.nextDouble();
        log.append(MetricsLine.of(step, Map.of("train_loss", loss, "learning_rate", 1e-5)));
      }
    }
  }
}
