package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of ten thousand runs, by the work that it does. */
class ManyRunsTest {
  private static final StudyDescription STUDY =
      new StudyDescription(
          "many", "Which?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");

  @TempDir private Path folder;

  @Test
  void tenThousandRunsAreReportedWithWorkInProportion() throws IOException {
    List<RunRecord> runs = runs();
    AtomicLong asked = new AtomicLong();
    Function<RunRecord, Optional<RunDirectory>> files =
        run -> {
          asked.incrementAndGet();
          return Optional.of(new RunDirectory(folder.resolve("none")));
        };
    ReportModel model = ReportModel.of(STUDY, runs, files);
    Path page = ReportWriter.write(model, List.of(), folder.resolve("report"));
    assertThat(asked.get()).isLessThanOrEqualTo(2L * runs.size());
    assertThat(model.rows()).hasSize(2000);
    assertThat(Files.size(page)).isLessThan(40_000_000);
    assertThat(Files.readAllLines(folder.resolve("report/tables/runs.csv"))).hasSize(10_001);
  }

  /** By processor time, which neither other processes nor a pause of this one changes. */
  @Test
  void tenThousandRecordsLoadAndReportWithinSeconds() throws IOException {
    RunStore store = new RunStore(folder);
    StrictJson json = new StrictJson();
    List<RunRecord> runs = runs();
    for (RunRecord run : runs) {
      Path file = store.directory(run.study(), run.runId()).record();
      Files.createDirectories(store.directory(run.study(), run.runId()).path());
      Files.writeString(file, json.write(run));
    }
    long begun = nanos();
    List<RunRecord> loaded = store.list(runs.get(0).study()).records();
    long read = nanos();
    ReportWriter.write(ReportModel.of(STUDY, loaded), List.of(), folder.resolve("report"));
    long reported = nanos();
    assertThat(loaded).hasSameSizeAs(runs);
    assertThat(Duration.ofNanos(read - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(Duration.ofNanos(reported - read)).isLessThan(Duration.ofSeconds(25));
  }

  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<RunRecord> runs() {
    SplittableRandom random = new SplittableRandom(4);
    List<RunRecord> runs = new ArrayList<>();
    for (int size = 1; size <= 1000; size++) {
      for (String sharing : List.of("none", "all")) {
        for (int seed = 1; seed <= 5; seed++) {
          runs.add(MadeUp.finished(sharing, size, seed, 0.7 + 0.02 * random.nextGaussian()));
        }
      }
    }
    return runs;
  }
}
