package albert.experiments.bench;

import albert.experiments.InputException;
import albert.experiments.stage.StopSignal;
import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchFile;
import albert.reports.benchmark.BenchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures planned points one after another and keeps each in the file at once, so that a series
 * that was broken off goes on where it was.
 *
 * @param file gets the points
 * @param program who measures, for the file
 * @param machine on what, for the file
 * @param plan the points, at least one
 * @param centred whether the first point is the centre of a sweep, without which there is none
 */
public record BenchSeries(
    Path file, String program, String machine, List<PlannedPoint> plan, boolean centred) {

  public BenchSeries {
    plan = List.copyOf(plan);
  }

  /**
   * What came of it.
   *
   * @param points all that the file has now
   * @param notes the points that are missing, and why
   * @param failed how many of them are missing although memory and time sufficed
   */
  public record Outcome(List<BenchPoint> points, List<String> notes, int failed) {
    public Outcome {
      points = List.copyOf(points);
      notes = List.copyOf(notes);
    }
  }

  /**
   * The points that the file has.
   *
   * @throws InputException if they are of another series, machine or program
   * @throws IOException if it can't be read or holds no points
   */
  public List<BenchPoint> kept() throws IOException {
    List<BenchPoint> points = Files.exists(file) ? BenchFile.read(file) : List.of();
    for (BenchPoint point : points) {
      if (!point.program().equals(program) || !point.machine().equals(machine)) {
        throw other(String.format(Locale.ROOT, "%s on %s", point.program(), point.machine()));
      }
    }
    if (!points.isEmpty()) {
      BenchCase first = points.get(0).setting();
      List<PlannedPoint> allowed = centred ? plan.subList(0, 1) : plan;
      if (allowed.stream().noneMatch(planned -> planned.setting().isSameAs(first))) {
        throw other(first.words());
      }
    }
    return points;
  }

  private InputException other(String found) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s has points of another series (%s), needed is a new folder in --output",
            file,
            found));
  }

  /**
   * Measures what is missing.
   *
   * @param runner measures
   * @param listener hears of every point
   * @param time how much there is
   * @throws IOException if the file can't be written, or the centre of a sweep can't be measured
   */
  public Outcome run(PointRunner runner, PointListener listener, TimeBox time, StopSignal stop)
      throws IOException {
    List<BenchPoint> points = new ArrayList<>(kept());
    List<PlannedPoint> missing =
        plan.stream().filter(planned -> !has(points, planned.setting())).toList();
    List<String> notes = new ArrayList<>();
    int failed = 0;
    for (int left = missing.size(); left > 0; left--) {
      stop.check();
      PlannedPoint planned = missing.get(missing.size() - left);
      String why = "";
      try {
        points.add(measure(planned, runner, time.limit(left)));
        BenchFile.write(file, points);
        time.measured();
      } catch (PointException e) {
        why = String.valueOf(e.getMessage());
        notes.add(planned.setting().words() + ": " + why);
        failed += e.isExpected() ? 0 : 1;
      }
      if (centred && points.isEmpty()) {
        throw new IOException("the centre of the sweep can't be measured: " + why);
      }
      BenchPoint point = why.isEmpty() ? points.get(points.size() - 1) : null;
      int done = plan.size() - left + 1;
      listener.ended(done, plan.size(), planned, point, why, time.rest(left - 1));
    }
    return new Outcome(points, notes, failed);
  }

  private BenchPoint measure(PlannedPoint planned, PointRunner runner, double limit)
      throws PointException, IOException {
    if (!planned.obstacle().isEmpty()) {
      throw new PointException(planned.obstacle(), true);
    }
    if (limit <= 0) {
      throw new PointException("the time was over before its turn", true);
    }
    ThroughputProbe.Measurement measured = runner.measure(planned.options(), limit);
    return new BenchPoint(
        BenchPoint.SCHEMA_VERSION,
        program,
        machine,
        planned.setting(),
        measured.medianMs(),
        measured.p90Ms(),
        measured.peakRssMb(),
        measured.repeats());
  }

  private static boolean has(List<BenchPoint> points, BenchCase like) {
    return points.stream().anyMatch(point -> point.setting().isSameAs(like));
  }
}
