package albert.experiments.cli;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.run.RunProvenance;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.pretraining.HeldOutScores;
import albert.experiments.training.pretraining.Pretraining;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert pretrain}: masked words and pairs of segments from raw text. */
@Command(
    name = "pretrain",
    description =
        "Pretrains a model on raw text: masked words, with sentence order, next sentence or"
            + " neither. Options win over the file's keys.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert pretrain --corpus novels --config experiments/pretraining/sentence-order.yaml"
          + " --output mini"
    })
final class PretrainCommand implements Runnable, ConfigOptions.User {

  @Spec private CommandSpec spec;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of texts (UTF-8, also .gz), or of TFRecord files in the published layout.")
  private Path corpus;

  @Option(
      names = "--additional-corpus",
      paramLabel = "DIR",
      description = "More texts to train on; none of them is held out.")
  private Optional<Path> additional = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file of configuration keys.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the model, its checkpoints and its figures.")
  private Path output;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description =
          "SentencePiece .model, vocab.txt or tokenizer.json [the model's, else BERT's uncased one,"
              + " which arrives by Maven].")
  private Optional<Path> tokenizerFile = Optional.empty();

  @Option(
      names = "--write-examples",
      paramLabel = "FILE",
      description =
          "Write one epoch of examples to a TFRecord file in the published layout (.gz is"
              + " gzipped), and do not train.")
  private Optional<Path> examples = Optional.empty();

  @Option(names = "--resume", description = "Continue the training in the output folder.")
  private boolean resume;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of weights, examples and dropout [${DEFAULT-VALUE}].")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private record Summary(String output, Pretraining.Result result) {}

  @Override
  public List<ConfigKey> configKeys() {
    return PretrainingKeys.all();
  }

  @Override
  public void run() {
    OutputPath.requireFolder("--output", output);
    examples.ifPresent(target -> OutputPath.requireFile("--write-examples", target));
    Settings options = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    Settings settings = config.map(PretrainingKeys::read).orElse(Settings.NONE).plus(options);
    PretrainingConfig training = PretrainingKeys.training(settings);
    @Nullable PretrainedModel start =
        settings
            .find(ConfigKeys.MODEL)
            .map(
                model ->
                    ModelOption.models(spec.commandLine().getErr()).get((String) model.value()))
            .orElse(null);
    Path file = tokenizerFile.orElseGet(() -> ownTokenizer(start));
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      int pieces = tokenizer.vocabSize();
      EncoderConfig encoder =
          start == null
              ? PretrainingKeys.encoder(settings, pieces, training.maxSeqLength())
              : PretrainingKeys.encoder(
                  settings, start.model().config(), pieces, training.maxSeqLength());
      PretrainingJob job =
          new PretrainingJob(
              encoder,
              training,
              seed,
              start,
              startName(settings),
              corpus,
              additional,
              tokenizer,
              file,
              false,
              RunProvenance.of(
                  Version.commit(),
                  StudyExecution.software(),
                  training.runtime().resolve(),
                  CommandText.of(spec.commandLine().getParseResult())));
      Optional<Pretraining.Result> result = locked(job);
      result.ifPresent(this::print);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path ownTokenizer(@Nullable PretrainedModel start) {
    Path file = start == null ? null : start.model().tokenizerFile();
    return file == null ? Tokenizers.bundledBertUncasedFile() : file;
  }

  private static String startName(Settings settings) {
    Optional<Setting> preset = settings.find(ConfigKeys.PRESET);
    Optional<Setting> model = settings.find(ConfigKeys.MODEL);
    if (preset.isPresent() && model.isPresent()) {
      throw new ConfigException(
          ConfigKeys.PRESET,
          String.format(
              Locale.ROOT,
              "preset and model are both given (model in %s), allowed is one of them",
              model.get().where()));
    }
    return model.or(() -> preset).map(s -> String.valueOf(s.value())).orElse("albert-base");
  }

  /** Works while no other process does in the output folder; empty if nothing is trained. */
  @SuppressWarnings("try") // the lock is held by being there
  private Optional<Pretraining.Result> locked(PretrainingJob job) throws IOException {
    RunDirectory directory = new RunDirectory(output);
    try (RunLock lock =
        RunLock.tryAcquire(directory)
            .orElseThrow(
                () ->
                    new InputException(
                        String.format(
                            Locale.ROOT, "another process is pretraining in %s", output)))) {
      if (examples.isPresent()) {
        new Pretraining(job, output, TrainingListener.NOBODY, new StopSignal())
            .writeExamples(examples.get());
        return Optional.empty();
      }
      return Optional.of(train(job));
    }
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private Pretraining.Result train(PretrainingJob job) throws IOException {
    if (!resume && Files.exists(new RunDirectory(output).record())) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--output %s already has a training: --resume continues it, or choose another"
                  + " folder",
              output));
    }
    AtomicFiles.removeLeftovers(output);
    StopSignal stop = new StopSignal();
    PrintWriter err = spec.commandLine().getErr();
    try (Interruption interruption =
            new Interruption(stop, err, "interrupted; the same command with --resume goes on");
        PretrainProgress progress = new PretrainProgress(err, job.config().maxSteps())) {
      return new Pretraining(job, output, progress, stop).run();
    }
  }

  private void print(Pretraining.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(new Summary(output.toString(), result)));
    } else {
      out.printf(
          Locale.ROOT,
          "%d steps, %,d tokens; the model is in %s%n",
          result.steps(),
          result.tokens(),
          output);
      Double unigram = result.unigramLoss();
      if (unigram != null) {
        out.printf(Locale.ROOT, "held-out masked words, unigram model: loss %.3f%n", unigram);
      }
      result
          .intrinsic()
          .forEach((objective, scores) -> out.println(line(objective.name(), scores)));
    }
    out.flush();
  }

  private static String line(String objective, HeldOutScores scores) {
    String masked =
        String.format(
            Locale.ROOT,
            "held-out %-14s masked words: loss %.3f, accuracy %.3f (%d)",
            objective.toLowerCase(Locale.ROOT),
            scores.maskedLmLoss(),
            scores.maskedLmAccuracy(),
            scores.maskedTokens());
    HeldOutScores.Pairs pairs = scores.pairs();
    return pairs == null || objective.equals("NONE")
        ? masked
        : masked
            + String.format(
                Locale.ROOT, "; pairs: accuracy %.3f (%d)", pairs.accuracy(), scores.examples());
  }
}
