package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  @TempDir private Path folder;

  @Test
  void tenThousandRunsAreReportedWithWorkInProportion() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<RunRecord> runs = new ArrayList<>();
    for (int size = 1; size <= 1000; size++) {
      for (String sharing : List.of("none", "all")) {
        for (int seed = 1; seed <= 5; seed++) {
          runs.add(MadeUp.finished(sharing, size, seed, 0.7 + 0.02 * random.nextGaussian()));
        }
      }
    }
    StudyDescription study =
        new StudyDescription(
            "many", "Which?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");
    AtomicLong asked = new AtomicLong();
    Function<RunRecord, Optional<RunDirectory>> files =
        run -> {
          asked.incrementAndGet();
          return Optional.of(new RunDirectory(folder.resolve("none")));
        };
    ReportModel model = ReportModel.of(study, runs, files);
    Path page = ReportWriter.write(model, folder.resolve("report"));
    assertThat(asked.get()).isLessThanOrEqualTo(2L * runs.size());
    assertThat(model.rows()).hasSize(2000);
    assertThat(Files.size(page)).isLessThan(40_000_000);
    assertThat(Files.readAllLines(folder.resolve("report/tables/runs.csv"))).hasSize(10_001);
  }
}
