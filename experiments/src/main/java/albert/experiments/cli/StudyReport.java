package albert.experiments.cli;

import albert.evaluation.record.RunStore;
import albert.experiments.InputException;
import albert.experiments.run.StudyDescriptions;
import albert.reports.benchmark.JmhResult;
import albert.reports.output.PublishedResults;
import albert.reports.output.ReportWriter;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** From the folder of a study's runs to its report. */
final class StudyReport {

  private StudyReport() {}

  /**
   * Reads a study.
   *
   * @param folder {@code runs/STUDY}
   * @param err told of records that can't be read
   */
  static ReportModel read(Path folder, PrintWriter err) throws IOException {
    PublishedResults results = published(folder, err);
    RunStore store = new RunStore(folder.toAbsolutePath().normalize().resolveSibling(""));
    return ReportModel.of(
        results.study(),
        results.runs(),
        run -> Optional.of(store.directory(run.study(), run.runId())));
  }

  /**
   * The study with the records of its runs.
   *
   * @param folder {@code runs/STUDY}
   * @param err told of records that can't be read
   */
  static PublishedResults published(Path folder, PrintWriter err) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    if (parent == null || !Files.isDirectory(whole)) {
      throw new InputException(folder + " is not the folder of a study's runs");
    }
    String name = String.valueOf(whole.getFileName());
    RunStore.Listing listing = new RunStore(parent).list(name);
    listing.unreadable().forEach(line -> err.println("albert: left out: " + line));
    if (listing.records().isEmpty()) {
      throw new InputException("there are no runs in " + folder);
    }
    return new PublishedResults(
        StudyDescriptions.read(whole).orElseGet(() -> undescribed(name)), listing.records());
  }

  /**
   * Writes the report.
   *
   * @param benchmarks measured beside the runs
   * @return the page
   */
  static Path write(ReportModel model, List<JmhResult> benchmarks, Path output) throws IOException {
    try {
      return ReportWriter.write(model, benchmarks, output);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s; --output names another folder", InputException.words(e)));
    }
  }

  private static StudyDescription undescribed(String name) {
    return new StudyDescription(name, "", new TreeMap<>(), List.of(), List.of(), "");
  }
}
