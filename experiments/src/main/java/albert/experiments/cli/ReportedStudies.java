package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The studies in folders that someone named: each folder once, and of a study and its copies the
 * one that has most. What is left out is said.
 *
 * @param err told of it
 */
record ReportedStudies(PrintWriter err) {

  /**
   * Reads them.
   *
   * @param folders of studies, of single runs, or of many studies
   * @throws InputException if there are no runs in one of them
   */
  List<StudyReport> in(List<Path> folders) throws IOException {
    Map<Path, StudyReport> read = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (Path study : StudyFolders.in(folder)) {
        StudyReport before = read.get(study.toRealPath());
        if (before == null) {
          read.put(study.toRealPath(), StudyReport.read(study, err));
        } else {
          leftOut("%s: it is the folder %s, which is given too", study, before.folder());
        }
      }
    }
    return withoutCopies(List.copyOf(read.values()));
  }

  private List<StudyReport> withoutCopies(List<StudyReport> all) {
    List<StudyReport> kept = new ArrayList<>();
    for (StudyReport study : mostFinishedFirst(all)) {
      kept.stream()
          .filter(other -> ids(other).containsAll(ids(study)))
          .findFirst()
          .ifPresentOrElse(
              other -> leftOut("%s: its runs are also in %s", study.folder(), other.folder()),
              () -> {
                kept.forEach(other -> sayShared(other, study));
                kept.add(study);
              });
    }
    return all.stream().filter(kept::contains).toList();
  }

  /** More runs and more finished ones first, so that a copy comes after what it is a copy of. */
  private static List<StudyReport> mostFinishedFirst(List<StudyReport> all) {
    return all.stream()
        .sorted(
            Comparator.comparingInt((StudyReport study) -> -ids(study).size())
                .thenComparingLong(
                    study ->
                        -study.results().runs().stream()
                            .filter(run -> run.status() == RunStatus.FINISHED)
                            .count()))
        .toList();
  }

  private void sayShared(StudyReport one, StudyReport other) {
    Set<String> both = new HashSet<>(ids(one));
    both.retainAll(ids(other));
    if (!both.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "albert: %d runs are in both %s and %s, and in the report of each%n",
          both.size(),
          one.folder(),
          other.folder());
    }
  }

  private void leftOut(String format, Path folder, Path other) {
    err.printf(Locale.ROOT, "albert: left out: " + format + "%n", folder, other);
  }

  private static Set<String> ids(StudyReport study) {
    return study.results().runs().stream().map(RunRecord::runId).collect(Collectors.toSet());
  }
}
