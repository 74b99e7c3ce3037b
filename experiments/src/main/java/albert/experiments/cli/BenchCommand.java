package albert.experiments.cli;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.bench.EncoderBenchmark;
import albert.experiments.bench.ThroughputProbe;
import albert.experiments.bench.Workload;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.NearestName;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.config.TrainingConfig;
import albert.model.config.EncoderConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
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
      "The JMH suite, for a report: ./albert bench --jmh --json-output jmh.json",
      "train is one masked-LM step: 15 %% labels, no dropout, no padding, AdamW."
    })
final class BenchCommand implements Callable<Integer>, ConfigOptions.User {

  private static final int WARMUPS = 5;
  private static final int MINIMUM = 10;
  private static final EncoderBenchmark.Effort SUITE =
      new EncoderBenchmark.Effort(2, 2, 5, 2, List.of());

  /** What it takes besides the architecture. */
  private static final List<String> RUNTIME_KEYS = List.of("device", "precision", "threads");

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "train|forward",
      defaultValue = "forward",
      description = "What to time [${DEFAULT-VALUE}].")
  private String mode = "forward";

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sequences per batch [${DEFAULT-VALUE}].")
  private int batch;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens per sequence [${DEFAULT-VALUE}].")
  private int sequence;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      defaultValue = "10",
      description = "Measure for this many seconds [${DEFAULT-VALUE}].")
  private double seconds;

  @Option(names = "--jmh", description = "Run the JMH suite instead.")
  private boolean jmh;

  @Option(
      names = "--json-output",
      paramLabel = "FILE",
      description =
          "With --jmh: also write the results in the format of JMH's -rf json, for report --jmh.")
  private Optional<Path> jsonOutput = Optional.empty();

  @Option(names = "--json", description = "Print one JSON value.")
  private boolean json;

  /** A row of the JMH suite. */
  private record SuiteRow(String benchmark, double meanMs, double errorMs, long samples) {}

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
    if (jmh) {
      runSuite(out);
    } else {
      measure(out);
    }
    out.flush();
    return 0;
  }

  private void measure(PrintWriter out) {
    if (jsonOutput.isPresent()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--json-output %s is for the results of --jmh; without it, --json prints what was"
                  + " measured",
              jsonOutput.get()));
    }
    Settings settings = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    EncoderConfig encoder = RunConfig.resolveEncoder(settings);
    TrainingConfig training = RunConfig.resolveTraining(settings);
    if (!(seconds > 0 && seconds <= 3_600)) {
      throw new InputException(
          String.format(Locale.ROOT, "--seconds is %s, allowed are above 0 up to 3600", seconds));
    }
    try (Workload workload = Workload.of(encoder, mode(), batch, sequence, training.runtime())) {
      ThroughputProbe.Measurement measured =
          new ThroughputProbe(WARMUPS, seconds, MINIMUM).measure(workload, batch * sequence);
      if (json) {
        out.print(new StrictJson().write(measured));
      } else {
        out.printf(
            Locale.ROOT,
            "%s, %d x %d, %s on %s, %d threads: median %.1f ms, p90 %.1f ms (n %d), %,.0f tokens/s,"
                + " %.1f GFLOP/s, peak %,.0f MB%n",
            mode,
            batch,
            sequence,
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

  private void runSuite(PrintWriter out) throws IOException, RunnerException {
    if (jsonOutput.isPresent()) {
      OutputPath.requireFile("--json-output", jsonOutput.get()); // now rather than after it
    }
    Collection<RunResult> results = EncoderBenchmark.runSuite(SUITE, !json);
    if (jsonOutput.isPresent()) {
      AtomicFiles.writeText(jsonOutput.get(), EncoderBenchmark.json(results));
    }
    List<SuiteRow> rows = new ArrayList<>();
    for (RunResult result : results) {
      rows.add(
          new SuiteRow(
              EncoderBenchmark.name(result),
              result.getPrimaryResult().getScore(),
              result.getPrimaryResult().getScoreError(),
              result.getPrimaryResult().getSampleCount()));
    }
    if (json) {
      out.print(new StrictJson().write(rows));
    }
  }

  private Workload.Mode mode() {
    return switch (mode) {
      case "train" -> Workload.Mode.TRAIN;
      case "forward" -> Workload.Mode.FORWARD;
      default ->
          throw new InputException(
              String.format(
                  Locale.ROOT,
                  "--mode is '%s'%s, allowed are train, forward",
                  mode,
                  NearestName.hint(mode, List.of("train", "forward"))));
    };
  }
}
