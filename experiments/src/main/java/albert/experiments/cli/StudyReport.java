package albert.experiments.cli;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.StudyFolder;
import albert.experiments.InputException;
import albert.experiments.config.IdleKeys;
import albert.experiments.study.StudyDescriptions;
import albert.reports.output.PublishedResults;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * From the folder of a study's runs, or of a single run, to its report. What the folder is called
 * and where it lies does not matter.
 *
 * @param folder as it was given
 * @param results the study with the records of its runs
 * @param leftOut records that can't be read, a line each
 */
record StudyReport(Path folder, PublishedResults results, List<String> leftOut) {

  /**
   * Reads a study, or a single run as a study of one.
   *
   * @param folder {@code runs/STUDY} or {@code runs/STUDY/RUN}, wherever they are now
   * @param err told of records that can't be read
   */
  static StudyReport read(Path folder, PrintWriter err) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + " is not the folder of a study's runs");
    }
    return StudyFolders.isRun(folder)
        ? new StudyReport(folder, run(folder), List.of())
        : study(folder, err);
  }

  private static PublishedResults run(Path folder) throws IOException {
    try {
      RunRecord run = new StrictJson().read(new RunDirectory(folder).record(), RunRecord.class);
      return new PublishedResults(described(folder, run.study()), List.of(run));
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private static StudyReport study(Path folder, PrintWriter err) throws IOException {
    RunStore.Listing listing = new StudyFolder(folder).list();
    listing.unreadable().forEach(line -> err.println("albert: left out: " + line));
    if (listing.records().isEmpty()) {
      throw new InputException("there are no runs in " + folder);
    }
    String name = listing.records().get(0).study();
    return new StudyReport(
        folder,
        new PublishedResults(described(folder, name), listing.records()),
        listing.unreadable());
  }

  /** The name of the study. */
  String study() {
    return results.study().study();
  }

  /** Where the report goes unless another folder is named. */
  Path ownOutput() {
    return folder.resolve("report");
  }

  /** All that the report says. */
  ReportModel model() {
    return ReportModel.of(
            results.study(),
            results.runs(),
            run ->
                Optional.of(
                    StudyFolders.isRun(folder)
                        ? new RunDirectory(folder)
                        : new StudyFolder(folder).directory(run.runId())))
        .withoutSettings(idleKeys())
        .withWarnings(leftOut.stream().map(line -> "Left out: " + line).toList());
  }

  /** Keys that act in none of the runs. */
  private Set<String> idleKeys() {
    List<RunRecord> runs = results.runs();
    Set<String> idle = new HashSet<>(IdleKeys.of(runs.get(0).config()).keySet());
    runs.forEach(run -> idle.retainAll(IdleKeys.of(run.config()).keySet()));
    return idle;
  }

  private static StudyDescription described(Path folder, String name) throws IOException {
    return StudyDescriptions.read(folder)
        .orElseGet(() -> new StudyDescription(name, "", new TreeMap<>(), List.of(), List.of(), ""));
  }
}
