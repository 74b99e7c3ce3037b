package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.cli.terminal.TerminalWidth;
import albert.experiments.forecast.StageForecast;
import albert.experiments.forecast.StudyForecast;
import albert.experiments.forecast.TaskPower;
import albert.experiments.forecast.VariantForecast;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a study will cost and can find, for the terminal or as JSON. */
final class ForecastTable {

  private static final String STAGES = "%-12s  %13s  %18s  %s%n";
  private static final double KILO = 1e3;
  private static final int TWO_MINUTES = 120;
  private static final int TWO_HOURS = 7_200;

  private ForecastTable() {}

  static void print(StudyForecast forecast, boolean json, PrintWriter out) {
    if (json) {
      out.print(new StrictJson().write(forecast));
      out.flush();
    } else {
      TerminalWidth.print(out, text -> print(forecast, text));
    }
  }

  private static void print(StudyForecast forecast, PrintWriter out) {
    table(forecast.variants(), out);
    out.printf(
        Locale.ROOT,
        "%n%s: %d runs, %d done; time for the rest, one after the other: %s%n",
        forecast.study(),
        forecast.runs(),
        forecast.done(),
        time(forecast.secondsInAll()));
    if (forecast.pretrainings() > 0) {
      out.printf(
          Locale.ROOT,
          "%d pretrainings among it, %.3g FLOPs in all%n",
          forecast.pretrainings(),
          forecast.pretrainingFlops());
    }
    stages(forecast.stages(), out);
    sources(forecast)
        .forEach((from, of) -> out.printf(Locale.ROOT, "time from: %s (%s)%n", from, of));
    forecast.power().stream().map(TaskPower::sentence).forEach(out::println);
    forecast.notes().forEach(note -> out.printf(Locale.ROOT, "note: %s%n", note));
  }

  private static void table(List<VariantForecast> variants, PrintWriter out) {
    int width = variants.stream().mapToInt(v -> v.variant().length()).max().orElse(0);
    String columns = "%-" + Math.max("variant".length(), width) + "s  %9s  %14s  %13s  %9s  %s%n";
    out.printf(
        Locale.ROOT,
        columns,
        "variant",
        "runs",
        "parameters",
        "MFLOPs/token",
        "steps",
        "time a run");
    for (VariantForecast variant : variants) {
      out.printf(
          Locale.ROOT,
          columns,
          variant.variant(),
          variant.done() == 0
              ? variant.runs()
              : String.format(Locale.ROOT, "%d (%d)", variant.runs(), variant.done()),
          String.format(Locale.ROOT, "%,d", variant.parameters()),
          String.format(Locale.ROOT, "%,.1f", variant.forwardFlopsPerToken() / KILO / KILO),
          Objects.requireNonNullElse(variant.steps(), "?"),
          time(variant.secondsPerRun()));
    }
  }

  private static void stages(List<StageForecast> stages, PrintWriter out) {
    out.printf(Locale.ROOT, STAGES, "stage", "done", "left", "");
    for (StageForecast stage : stages) {
      out.printf(
          Locale.ROOT,
          STAGES,
          stage.stage(),
          String.format(Locale.ROOT, "%,d of %,d", stage.done(), stage.count()),
          stage.stepsLeft() == 0 && stage.done() < stage.count()
              ? "" // it has none
              : String.format(Locale.ROOT, "%,d %s", stage.stepsLeft(), stage.unit()),
          time(stage.secondsLeft()));
    }
  }

  /** What the times are from, each with the stages that it is for. */
  private static Map<String, String> sources(StudyForecast forecast) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (StageForecast stage : forecast.stages()) {
      for (String from : stage.timeFrom()) {
        sources.merge(from, stage.stage(), (one, other) -> one + ", " + other);
      }
    }
    forecast.variants().stream()
        .filter(variant -> variant.steps() == null)
        .forEach(variant -> sources.putIfAbsent(variant.timeFrom(), variant.variant()));
    return sources;
  }

  /** In the unit that suits it. */
  static String time(@Nullable Double seconds) {
    if (seconds == null) {
      return "unknown";
    }
    if (seconds < TWO_MINUTES) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    return seconds < TWO_HOURS
        ? String.format(
            Locale.ROOT, "%d min", Math.round(seconds / Duration.ofMinutes(1).toSeconds()))
        : String.format(Locale.ROOT, "%,d h", whole.toHours());
  }
}
