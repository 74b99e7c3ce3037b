package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.compress.CompressedDirectory;
import albert.experiments.compress.CompressionReport;
import albert.experiments.compress.Compressor;
import albert.experiments.compress.UnlabelledText;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.DevScorer;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.io.LoadedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert compress}: an ALBERT out of a BERT. */
@Command(
    name = "compress",
    description =
        "Makes an ALBERT-shaped model of a checkpoint: factorises its embeddings, merges its"
            + " layers into groups, and fits both to the checkpoint's hidden states on text"
            + " without labels. Prints what each step loses; with --task, for a model that was"
            + " fine-tuned on it, also the dev score after each step.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert compress --model maven:all-MiniLM-L6-v2 --embedding-size 128"
          + " --sharing all --output small"
    })
final class CompressCommand implements Callable<Integer>, ConfigOptions.User {

  /** There is no run whose seed could be taken. */
  private static final RunSeeds SEEDS = new RunSeeds(1, 1);

  private static final String MAX_SEQ_LENGTH = "max_seq_length";

  private static final List<String> OTHERS =
      List.of(
          "model",
          "task",
          MAX_SEQ_LENGTH,
          "embedding_size",
          "sharing",
          "sharing_pattern",
          "groups",
          ConfigKeys.LAYER_DELTA_RANK,
          "threads",
          "device",
          "precision");

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the model; it must be new or empty.")
  private Path output;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "Texts to learn from, one per line [the glosses of WordNet].")
  private Optional<Path> corpus = Optional.empty();

  @Mixin private DataOption data;

  @Option(names = "--json", description = "Print one JSON object: what each step lost.")
  private boolean json;

  private record Written(CompressionReport report, List<String> notes) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream()
        .filter(
            key -> key.section() == ConfigKey.Section.COMPRESSION || OTHERS.contains(key.name()))
        .toList();
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    String name =
        settings
            .find(ConfigKeys.MODEL)
            .map(given -> (String) given.value())
            .orElseThrow(
                () -> new InputException("--model is missing: the checkpoint to compress"));
    if (settings.has(MAX_SEQ_LENGTH) && !settings.has(ConfigKeys.TASK)) {
      throw new InputException(
          "--max-seq-length is the length of --task, which is missing; that of the distillation is"
              + " --distill-seq-length");
    }
    NewFolder.require("--output", output);
    PretrainedModels models = ModelOption.models(spec.commandLine().getErr());
    EncoderConfig target = RunConfig.resolveEncoder(settings, models);
    PretrainedModel source = models.get(name);
    if (target.equals(source.model().config())) {
      throw new InputException(
          "nothing to compress: --embedding-size, --sharing and --groups are the checkpoint's own");
    }
    Written written =
        NewFolder.write(
            "--output",
            output,
            folder -> {
              Compressor.Result result = compress(source, target, settings, models);
              return new Written(result.report(), CompressedDirectory.write(folder, result));
            });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(written.report));
    } else {
      print(written.report, out);
      written.notes.forEach(note -> out.println("note: " + note));
    }
    out.flush();
    return 0;
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private Compressor.Result compress(
      PretrainedModel source, EncoderConfig target, Settings settings, PretrainedModels models) {
    CompressionConfig compression = RunConfig.resolveCompression(settings);
    StopSignal stop = new StopSignal();
    PrintWriter err = spec.commandLine().getErr();
    try (Interruption listening =
            new Interruption(stop, err, "interrupted; nothing was written, begin again");
        StageConsole console = new StageConsole(err)) {
      return new Compressor(
              source,
              target,
              compression,
              compression.seed(SEEDS),
              RunConfig.resolveTraining(settings).runtime(),
              UnlabelledText.of(corpus),
              new StageWatch(console, System::nanoTime),
              stop,
              scorer(source, settings, models, stop),
              null)
          .run();
    }
  }

  /** Of the task, if one is given. Of its training part no more is encoded than has to be. */
  private Function<LoadedModel, SortedMap<String, Double>> scorer(
      PretrainedModel source, Settings settings, PretrainedModels models, StopSignal stop) {
    if (!settings.has(ConfigKeys.TASK)) {
      return model -> new TreeMap<>(Map.of());
    }
    ConfigKey most = ConfigKeys.find("max_train_examples").orElseThrow();
    Settings dev =
        DevScorer.asTrained(source, settings)
            .plus(Settings.of(List.of(new Setting(most, 1, "compress"))));
    return new DevScorer(RunConfig.resolve(dev, models), source, data.folder(), stop)::score;
  }

  private static void print(CompressionReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d parameters of %,d left (%s)%n%n",
        report.compressedParameters(),
        report.parameters(),
        report.shape());
    out.println("step       updates  seconds  distance to the original, input and every block");
    for (CompressionReport.Step step : report.steps()) {
      out.printf(
          Locale.ROOT,
          "%-9s  %7d  %7.1f  %s%n",
          step.name(),
          step.updates(),
          step.seconds(),
          String.join(
              " ",
              step.distances().stream().map(d -> String.format(Locale.ROOT, "%.4f", d)).toList()));
    }
    if (!report.scores().isEmpty()) {
      out.printf(Locale.ROOT, "%nstep       on dev, without further training%n");
      printScores("original", report.scores(), out);
      report.steps().forEach(step -> printScores(step.name(), step.scores(), out));
    }
    report.notes().forEach(note -> out.println("note: " + note));
  }

  private static void printScores(String step, Map<String, Double> scores, PrintWriter out) {
    List<String> words =
        scores.entrySet().stream()
            .map(score -> String.format(Locale.ROOT, "%s %.4f", score.getKey(), score.getValue()))
            .toList();
    out.printf(Locale.ROOT, "%-9s  %s%n", step, String.join(", ", words));
  }
}
