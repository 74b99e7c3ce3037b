package albert.experiments.cli;

import albert.experiments.InputException;
import albert.experiments.config.NearestName;
import albert.reports.benchmark.BenchAxis;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of {@code bench} that measure many points. */
final class SeriesOptions {
  private static final String ALL = "all";
  private static final double SUITE_MINUTES = 14;

  @Option(
      names = "--sweep",
      arity = "0..1",
      fallbackValue = ALL,
      paramLabel = "AXIS",
      description =
          "Instead measure how time and memory grow with batch, length, depth, width, vocabulary,"
              + " threads or all of them, one at a time [all]. Needs --output.")
  private Optional<String> sweep = Optional.empty();

  @Option(
      names = "--gpu-suite",
      description =
          "Instead measure ALBERT-base and -xxlarge, BERT-base and -large, training and forward"
              + " pass, in float32, bfloat16 and float16, in less than 15 minutes. --mode and"
              + " --precision take one of them. Needs --output.")
  private boolean suite;

  @Option(
      names = "--tiny",
      description = "With --gpu-suite: tiny models, to try it, as with --device cpu.")
  private boolean tiny;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder of bench.jsonl, bench.csv, bench.md and figures; points that are there are not"
              + " measured again.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Set the points beside those of another bench.jsonl: an earlier commit's, or PyTorch's"
              + " (docs/performance.md).")
  private Optional<Path> compare = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "With --compare: exit status 1 if a point takes more than X times as long as there"
              + " (1.1, say). Needs the same machine.")
  private Optional<Double> tolerance = Optional.empty();

  @Option(
      names = "--max-minutes",
      paramLabel = "X",
      description =
          "Measure no longer than this; what is left is named [no limit; with --gpu-suite 14].")
  private Optional<Double> maxMinutes = Optional.empty();

  /** Whether a series is asked for. */
  boolean isGiven() {
    return sweep.isPresent() || suite;
  }

  boolean isSuite() {
    return suite;
  }

  boolean isTiny() {
    return tiny;
  }

  /**
   * Requires that the options fit together.
   *
   * @param jmh whether the JMH suite is asked for
   */
  void check(boolean jmh) {
    List<String> whats =
        Stream.of(sweep.map(axis -> "--sweep"), given("--gpu-suite", suite), given("--jmh", jmh))
            .flatMap(Optional::stream)
            .toList();
    if (whats.size() > 1) {
      throw new InputException(
          String.join(" and ", whats) + " are both given, allowed is one of them");
    }
    if (!isGiven()) {
      Stream.of(
              output.map(folder -> "--output"),
              compare.map(file -> "--compare"),
              maxMinutes.map(minutes -> "--max-minutes"))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(option -> refuse(option, "--sweep or --gpu-suite"));
    }
    if (tiny && !suite) {
      refuse("--tiny", "--gpu-suite");
    }
    if (tolerance.isPresent() && compare.isEmpty()) {
      refuse("--tolerance", "--compare");
    }
    tolerance.ifPresent(value -> requireAbove("--tolerance", value));
    maxMinutes.ifPresent(value -> requireAbove("--max-minutes", value));
  }

  private static Optional<String> given(String option, boolean isGiven) {
    return isGiven ? Optional.of(option) : Optional.empty();
  }

  private static void refuse(String option, String wanted) {
    throw new InputException(
        String.format(Locale.ROOT, "%s is given without %s, to which it belongs", option, wanted));
  }

  private static void requireAbove(String option, double value) {
    if (!(value > 0)) {
      throw new InputException(
          String.format(Locale.ROOT, "%s is %s, allowed are numbers above 0", option, value));
    }
  }

  /** What grows in the sweep. */
  List<BenchAxis> axes() {
    String name = sweep.orElse(ALL);
    List<BenchAxis> axes =
        Arrays.stream(BenchAxis.values())
            .filter(axis -> name.equals(ALL) || name.equals(axis.id()))
            .toList();
    if (axes.isEmpty()) {
      List<String> allowed =
          Stream.concat(Arrays.stream(BenchAxis.values()).map(BenchAxis::id), Stream.of(ALL))
              .toList();
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--sweep is '%s'%s, allowed are %s",
              name,
              NearestName.hint(name, allowed),
              String.join(", ", allowed)));
    }
    return axes;
  }

  /** Where everything goes. */
  Path folder() {
    Path folder =
        output.orElseThrow(
            () ->
                new InputException(
                    "--output is missing: the folder of " + (suite ? "the suite" : "the sweep")));
    OutputPath.requireFolder("--output", folder);
    return folder;
  }

  Optional<Path> compare() {
    return compare;
  }

  Optional<Double> tolerance() {
    return tolerance;
  }

  /** For all points; 0 for no limit. */
  double maxSeconds() {
    return 60 * maxMinutes.orElse(suite ? SUITE_MINUTES : 0);
  }
}
