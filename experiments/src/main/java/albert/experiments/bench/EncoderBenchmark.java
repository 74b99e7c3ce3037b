package albert.experiments.bench;

import albert.model.config.EncoderPreset;
import albert.model.runtime.RuntimeOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH: a forward pass and a training step of the small presets, with forks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EncoderBenchmark {

  @Param({"mini-albert", "mini-bert"})
  private String preset;

  @Param({"FORWARD", "TRAIN"})
  private Workload.Mode mode;

  @Param("8")
  private int batch;

  @Param("128")
  private int sequence;

  private Workload workload;

  /**
   * How long the suite measures.
   *
   * @param forks virtual machines, one after another; 0 measures in this one
   * @param warmups iterations not counted
   * @param iterations iterations measured
   * @param seconds length of an iteration
   * @param presets ids of the presets; empty for the suite's own
   */
  public record Effort(
      int forks, int warmups, int iterations, int seconds, Collection<String> presets) {}

  /** Builds the model. */
  @Setup(Level.Trial)
  public void build() {
    workload =
        Workload.of(EncoderPreset.of(preset).config(), mode, batch, sequence, RuntimeOptions.AUTO);
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }

  /** One unit of work. */
  @Benchmark
  public void step() {
    workload.run();
  }

  /**
   * Runs the suite.
   *
   * @param verbose whether JMH prints its progress to standard output
   */
  public static Collection<RunResult> runSuite(Effort effort, boolean verbose)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(EncoderBenchmark.class.getName().replace(".", "\\."))
        .forks(effort.forks())
        // TensorFlow-Java numbers operations with the locale's digits, and refuses all but ASCII's
        .jvmArgsAppend("-Duser.language=en", "-Duser.country=US")
        .warmupIterations(effort.warmups())
        .warmupTime(TimeValue.seconds(effort.seconds()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.seconds(effort.seconds()))
        .shouldFailOnError(true)
        .verbosity(verbose ? VerboseMode.NORMAL : VerboseMode.SILENT);
    if (!effort.presets().isEmpty()) {
      options.param("preset", effort.presets().toArray(String[]::new));
    }
    return new Runner(options.build()).run();
  }

  /** Results as JMH's own {@code -rf json} writes them. */
  public static String json(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** {@code mini-albert forward 8 x 128}, from JMH's parameters. */
  public static String name(RunResult result) {
    return String.format(
        Locale.ROOT,
        "%s %s %s x %s",
        result.getParams().getParam("preset"),
        result.getParams().getParam("mode").toLowerCase(Locale.ROOT),
        result.getParams().getParam("batch"),
        result.getParams().getParam("sequence"));
  }
}
