package albert.experiments.cli;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.bench.EncoderBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Option;

/** The options of {@code bench} that run the JMH suite. */
final class JmhOptions {
  private static final EncoderBenchmark.Effort SUITE =
      new EncoderBenchmark.Effort(2, 2, 5, 2, List.of());

  @Option(names = "--jmh", description = "Run the JMH suite instead.")
  private boolean jmh;

  @Option(
      names = "--json-output",
      paramLabel = "FILE",
      description =
          "With --jmh: also write the results in the format of JMH's -rf json, for report --jmh.")
  private Optional<Path> jsonOutput = Optional.empty();

  /** A row of the JMH suite. */
  private record SuiteRow(String benchmark, double meanMs, double errorMs, long samples) {}

  /** Whether the suite is asked for. */
  boolean isGiven() {
    return jmh;
  }

  /** For what is no JMH suite. */
  void requireNoOutput() {
    if (jsonOutput.isPresent()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--json-output %s is for the results of --jmh; without it, --json prints what was"
                  + " measured",
              jsonOutput.get()));
    }
  }

  /**
   * Runs the suite.
   *
   * @param json whether the results are printed as one JSON value, instead of JMH's own words
   */
  void run(boolean json, PrintWriter out) throws IOException, RunnerException {
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
}
