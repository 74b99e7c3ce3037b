package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.bench.BenchMachine;
import albert.experiments.bench.PlannedPoint;
import albert.experiments.bench.SuitePlan;
import albert.experiments.bench.SweepPlan;
import albert.experiments.bench.ThroughputProbe;
import albert.experiments.bench.Workload;
import albert.experiments.cli.terminal.FileLink;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.NearestName;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.config.TrainingConfig;
import albert.model.config.EncoderConfig;
import albert.model.runtime.Precision;
import albert.reports.benchmark.BenchPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert bench}: the speed of one step, or the JMH suite. */
@Command(
    name = "bench",
    description = "Measures a forward pass or a training step: time, tokens/s, memory, GFLOP/s.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert bench --preset albert-base --mode forward --batch 8 --sequence 128 --json",
      "How cost grows: ./albert bench --sweep --preset mini-albert --mode train --output sweep",
      "The JMH suite, for a report: ./albert bench --jmh --json-output jmh.json",
      "train is one masked-LM step: 15 %% labels, no dropout, no padding, AdamW."
    })
final class BenchCommand implements Callable<Integer>, ConfigOptions.User {

  private static final Size SINGLE = new Size(8, 128);
  private static final Size SUITE_SIZE = new Size(32, 128);
  private static final Size TINY_SIZE = new Size(2, 16);

  private static final String FORWARD = "forward";
  private static final int MOST_UNITS = 1_000_000;
  private static final List<Workload.Mode> ALL_MODES = List.of(Workload.Mode.values());
  private static final List<Precision> ALL_PRECISIONS =
      List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16);

  /** What it takes besides the architecture. */
  private static final List<String> RUNTIME_KEYS = List.of("device", "precision", "threads");

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "train|forward",
      description = "What to time [forward; with --gpu-suite both].")
  private Optional<String> mode = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Sequences per batch [8; with --gpu-suite 32, with --tiny 2].")
  private OptionalInt batch = OptionalInt.empty();

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Tokens per sequence [128; with --tiny 16].")
  private OptionalInt sequence = OptionalInt.empty();

  @Option(
      names = "--seconds",
      paramLabel = "X",
      defaultValue = "10",
      description = "Measure for this many seconds, each point [${DEFAULT-VALUE}].")
  private double seconds;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      defaultValue = "5",
      description = "Units that are not counted, before [${DEFAULT-VALUE}].")
  private int warmups;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "10",
      description = "Measure at least this many units, however long [${DEFAULT-VALUE}].")
  private int repeats;

  @Mixin private SeriesOptions series;

  @Mixin private JmhOptions jmh;

  @Option(names = "--json", description = "Print one JSON value.")
  private boolean json;

  /** Of a batch, where the options do not say it. */
  private record Size(int batch, int sequence) {}

  /** What a series leaves, for programs. */
  private record SeriesSummary(String page, List<BenchPoint> points, List<String> notes) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream()
        .filter(
            key ->
                key.section() == ConfigKey.Section.ARCHITECTURE
                    || key.name().equals(ConfigKeys.PRESET)
                    || RUNTIME_KEYS.contains(key.name()))
        .toList();
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    PrintWriter out = spec.commandLine().getOut();
    series.check(jmh.isGiven());
    int status = 0;
    if (jmh.isGiven()) {
      jmh.run(json, out);
    } else if (series.isGiven()) {
      status = measureSeries(out);
    } else {
      measure(out);
    }
    out.flush();
    return status;
  }

  /** The keys that were given. */
  private Settings settings() {
    requireMeasurement();
    return ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
  }

  private void requireMeasurement() {
    jmh.requireNoOutput();
    if (!(seconds > 0 && seconds <= 3_600)) {
      throw new InputException(
          String.format(Locale.ROOT, "--seconds is %s, allowed are above 0 up to 3600", seconds));
    }
    requireCount("--warmups", warmups, 0);
    requireCount("--repeats", repeats, 1);
  }

  private static void requireCount(String option, int value, int least) {
    if (value < least || value > MOST_UNITS) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s is %d, allowed are %d to %d", option, value, least, MOST_UNITS));
    }
  }

  private int measureSeries(PrintWriter out) throws IOException {
    Settings settings = settings();
    BenchMachine machine = BenchMachine.of(RunConfig.resolveTraining(settings).runtime());
    SeriesExecution.Result result =
        new SeriesExecution(
                series,
                series.isSuite() ? suite(settings, machine) : sweep(settings, machine),
                machine,
                List.of("--seconds=" + seconds, "--warmups=" + warmups, "--repeats=" + repeats),
                CommandText.of(spec.commandLine().getParseResult()),
                spec.commandLine().getErr())
            .execute();
    if (json) {
      out.print(
          new StrictJson()
              .write(
                  new SeriesSummary(
                      result.page().toString(), result.report().compared().own(), result.notes())));
    } else {
      out.println(result.report().caption() + "\n\n" + result.report().tables());
      result.notes().forEach(out::println);
      out.println(FileLink.of(result.page()));
    }
    return result.status();
  }

  private List<PlannedPoint> sweep(Settings settings, BenchMachine machine) {
    Size size = size(SINGLE);
    return SweepPlan.of(settings, machine, mode(), size.batch(), size.sequence(), series.axes());
  }

  private List<PlannedPoint> suite(Settings settings, BenchMachine machine) {
    Size size = size(series.isTiny() ? TINY_SIZE : SUITE_SIZE);
    List<Workload.Mode> modes = mode.isPresent() ? List.of(mode()) : ALL_MODES;
    List<Precision> precisions =
        settings.has("precision") ? List.of(machine.runtime().precision()) : ALL_PRECISIONS;
    for (Setting setting : settings.all()) {
      if (!RUNTIME_KEYS.contains(setting.key().name())) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s is given with --gpu-suite, which has models of its own",
                setting.key().option()));
      }
    }
    return new SuitePlan(modes, precisions, size.batch(), size.sequence(), series.isTiny())
        .points(settings, machine);
  }

  private Size size(Size otherwise) {
    return new Size(batch.orElse(otherwise.batch()), sequence.orElse(otherwise.sequence()));
  }

  private void measure(PrintWriter out) {
    Settings settings = settings();
    EncoderConfig encoder = RunConfig.resolveEncoder(settings);
    TrainingConfig training = RunConfig.resolveTraining(settings);
    Size size = size(SINGLE);
    try (Workload workload =
        Workload.of(encoder, mode(), size.batch(), size.sequence(), training.runtime())) {
      ThroughputProbe.Measurement measured =
          new ThroughputProbe(warmups, seconds, repeats)
              .measure(workload, size.batch() * size.sequence());
      if (json) {
        out.print(new StrictJson().write(measured));
      } else {
        out.printf(
            Locale.ROOT,
            "%s, %d x %d, %s on %s, %d threads: median %.1f ms, p90 %.1f ms (n %d), %,.0f tokens/s,"
                + " %.1f GFLOP/s, peak %,.0f MB%n",
            mode.orElse(FORWARD),
            size.batch(),
            size.sequence(),
            measured.precision(),
            measured.device(),
            measured.threads(),
            measured.medianMs(),
            measured.p90Ms(),
            measured.repeats(),
            measured.tokensPerSecond(),
            measured.gflopsPerSecond(),
            measured.peakRssMb());
      }
    }
  }

  private Workload.Mode mode() {
    String asked = mode.orElse(FORWARD);
    return switch (asked) {
      case "train" -> Workload.Mode.TRAIN;
      case FORWARD -> Workload.Mode.FORWARD;
      default ->
          throw new InputException(
              String.format(
                  Locale.ROOT,
                  "--mode is '%s'%s, allowed are train, forward",
                  asked,
                  NearestName.hint(asked, List.of("train", FORWARD))));
    };
  }
}
