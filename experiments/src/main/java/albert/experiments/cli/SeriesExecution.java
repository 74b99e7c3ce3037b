package albert.experiments.cli;

import albert.evaluation.record.RecordFormatException;
import albert.experiments.InputException;
import albert.experiments.bench.BenchMachine;
import albert.experiments.bench.BenchSeries;
import albert.experiments.bench.PlannedPoint;
import albert.experiments.bench.TimeBox;
import albert.experiments.stage.StopSignal;
import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchComparison;
import albert.reports.benchmark.BenchFile;
import albert.reports.benchmark.BenchPoint;
import albert.reports.output.BenchReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures a series from the terminal, writes its files, and compares it.
 *
 * @param options of the series
 * @param plan its points
 * @param machine that it runs on
 * @param effort options that say how long each point is measured
 * @param command what to type to go on
 * @param err gets progress and errors
 */
record SeriesExecution(
    SeriesOptions options,
    List<PlannedPoint> plan,
    BenchMachine machine,
    List<String> effort,
    String command,
    PrintWriter err) {

  /**
   * What came of it.
   *
   * @param page {@code bench.md}
   * @param report what is in it
   * @param notes what else there is to know
   * @param status of the command
   */
  record Result(Path page, BenchReport report, List<String> notes, int status) {}

  /**
   * Measures what is missing and writes the files.
   *
   * @throws InputException before any work, if the folder or the file to compare with do not fit
   */
  Result execute() throws IOException {
    Path folder = options.folder();
    BenchSeries series =
        new BenchSeries(
            folder.resolve("bench.jsonl"),
            String.format(Locale.ROOT, "albert %s, commit %s", Version.suite(), Version.commit()),
            machine.name(),
            plan,
            !options.isSuite());
    int kept = kept(series).size();
    List<BenchPoint> other = other();
    BenchSeries.Outcome outcome = measure(series, plan.size() - kept);
    if (outcome.points().isEmpty()) {
      outcome.notes().forEach(note -> ErrorLines.print(err, note));
      throw new IOException("no point could be measured");
    }
    BenchComparison compared = new BenchComparison(outcome.points(), other);
    List<String> notes = new ArrayList<>(outcome.notes());
    notes.addAll(differences(compared));
    BenchReport report = new BenchReport(compared);
    Path page = report.write(folder, notes);
    return new Result(page, report, notes, status(outcome, compared));
  }

  private static List<BenchPoint> kept(BenchSeries series) throws IOException {
    try {
      return series.kept();
    } catch (RecordFormatException e) {
      throw new InputException("--output has a broken file: " + e.getMessage());
    }
  }

  @SuppressWarnings("try") // the interruption acts by being there
  private BenchSeries.Outcome measure(BenchSeries series, int missing) throws IOException {
    StopSignal stop = new StopSignal();
    String howToGoOn = "interrupted; measured points are kept, the same command continues: ";
    try (Interruption listening = new Interruption(stop, err, howToGoOn + command);
        SeriesProgress progress = new SeriesProgress(err, missing)) {
      TimeBox time = new TimeBox(options.maxSeconds(), System::nanoTime);
      return series.run(new BenchProcess(effort, stop), progress, time, stop);
    }
  }

  /** The points to compare with, of which some are planned here; none where none are asked for. */
  private List<BenchPoint> other() {
    if (options.compare().isEmpty()) {
      return List.of();
    }
    Path file = options.compare().get();
    List<BenchPoint> points = read(file);
    BenchCase first = points.get(0).setting();
    boolean common =
        points.stream()
            .anyMatch(point -> plan.stream().anyMatch(p -> p.setting().isSameAs(point.setting())));
    if (!common) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--compare %s has no point of this series: its first is %s, here it is %s",
              file,
              first.words(),
              plan.get(0).setting().words()));
    }
    String there = new BenchComparison(List.of(), points).otherMachine();
    if (options.tolerance().isPresent() && !there.equals(machine.name())) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--tolerance needs one machine: --compare %s is of %s, this is %s",
              file,
              there,
              machine.name()));
    }
    return points;
  }

  private static List<BenchPoint> read(Path file) {
    try {
      return BenchFile.read(file);
    } catch (IOException e) {
      throw new InputException("--compare " + InputException.words(e));
    }
  }

  private List<String> differences(BenchComparison compared) {
    List<String> notes = new ArrayList<>();
    if (compared.other().isEmpty()) {
      return notes;
    }
    if (!compared.otherMachine().equals(machine.name())) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the other file is of another machine, %s, so that ratios say little of the programs",
              compared.otherMachine()));
    }
    compared.onlyOwn().forEach(point -> notes.add("only here: " + point.setting().words()));
    compared
        .onlyOther()
        .forEach(point -> notes.add("only in the other file: " + point.setting().words()));
    return notes;
  }

  private int status(BenchSeries.Outcome outcome, BenchComparison compared) {
    if (outcome.failed() > 0) {
      ErrorLines.print(
          err,
          String.format(
              Locale.ROOT,
              "%d of %d points failed; the same command tries them again",
              outcome.failed(),
              plan.size()));
    }
    List<BenchPoint> slower = options.tolerance().map(compared::slower).orElse(List.of());
    for (BenchPoint point : slower) {
      ErrorLines.print(
          err,
          String.format(
              Locale.ROOT,
              "slower: %s took %.1f ms, in --compare %.1f ms; --tolerance is %s",
              point.setting().words(),
              point.medianMs(),
              compared.beside(point).orElseThrow().medianMs(),
              options.tolerance().orElseThrow()));
    }
    return outcome.failed() > 0 || !slower.isEmpty() ? ErrorLines.FAILED : 0;
  }
}
