package albert.experiments.cli;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.cli.terminal.WorkBar;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.Settings;
import albert.experiments.encoding.EmbeddingSettings;
import albert.experiments.encoding.EncodeInput;
import albert.experiments.encoding.EncodeRun;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert encode}: what an encoder makes of texts or ids. */
@Command(
    name = "encode",
    description =
        "Writes what an encoder computes: sequence_output [batch, seq, H], pooled_output [batch,"
            + " H] if there is a pooler, and with --hidden the output of every block; or, with"
            + " --pool, only sentence_embedding [batch, H].",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert encode --model maven:all-MiniLM-L6-v2 --input texts.jsonl"
          + " --output out.safetensors",
      "Example: ./albert encode --model maven:all-MiniLM-L6-v2 --input texts.jsonl"
          + " --output vectors.safetensors --pool mean --normalise",
      "Unless --precision says otherwise it computes in float32."
    })
final class EncodeCommand implements Callable<Integer>, ConfigOptions.User {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--input",
      paramLabel = "F",
      required = true,
      description =
          "JSON lines with text (and pair), where an empty line is an error; or safetensors with"
              + " input_ids, attention_mask and token_type_ids, int32 or int64 [batch, seq].")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "OUT.safetensors",
      required = true,
      description = "The file to write.")
  private Path output;

  @Option(
      names = "--hidden",
      description =
          "Also write hidden.0, the input of the first block, and hidden.N for every block.")
  private boolean hidden;

  @Option(
      names = "--pool",
      paramLabel = EmbeddingOptions.POOLS,
      description =
          "Write one vector for each text instead: the mean of its tokens' vectors (special"
              + " tokens included), or the vector of [CLS]; auto: what the model's"
              + " sentence-transformers files say, else the mean.")
  private Optional<String> pool = Optional.empty();

  @Option(names = "--normalise", description = "With --pool: scale the vectors to length 1.")
  private boolean normalise;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Sequences per batch [${DEFAULT-VALUE}].")
  private int batchSize;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      description =
          "Cut texts to this many pieces [the model's positions; with --pool, what the model's"
              + " sentence-transformers files say].")
  private OptionalInt maxSeqLength = OptionalInt.empty();

  @Option(
      names = "--json",
      description = "Print one JSON object: the outputs' shapes and the speed.")
  private boolean json;

  private record Summary(
      String output,
      Map<String, List<Long>> tensors,
      long tokens,
      long cut,
      double seconds,
      double tokensPerSecond,
      String precision,
      int threads) {}

  @Override
  public List<ConfigKey> configKeys() {
    return EncoderKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    Settings given = EncoderKeys.given(spec);
    RuntimeOptions runtime = EncoderKeys.runtime(given);
    if (batchSize < 1 || batchSize > 1 << 16) {
      throw new InputException(
          String.format(Locale.ROOT, "--batch-size is %d, allowed are 1 to 65536", batchSize));
    }
    if (!Files.exists(input) || Files.isDirectory(input)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--input %s %s, needed is a file of JSON lines or safetensors",
              input,
              Files.exists(input) ? "is a folder" : "does not exist"));
    }
    requireFitting();
    OutputPath.requireFile("--output", output);
    PretrainedModel read =
        model.read(spec.commandLine().getErr()).withSpecialInText(EncoderKeys.specialInText(given));
    EmbeddingSettings embedding =
        pool.map(choice -> EmbeddingSettings.of(read, choice, normalise, maxSeqLength))
            .orElse(null);
    EncodeRun run =
        new EncodeRun(read.model(), input(read, embedding), hidden, batchSize, embedding);
    long begun = System.nanoTime();
    RuntimeOptions used = encode(run, runtime);
    report(run, used, (System.nanoTime() - begun) / 1e9);
    return 0;
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private RuntimeOptions encode(EncodeRun run, RuntimeOptions runtime) throws IOException {
    StopSignal stop = new StopSignal();
    try (Interruption listening =
            new Interruption(
                stop, spec.commandLine().getErr(), "interrupted; nothing was written");
        WorkBar bar = new WorkBar("sequences", run.input().rows().size())) {
      Path file = output.toAbsolutePath();
      Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file is in a folder"));
      return run.writeTo(output, runtime, stop, bar::stepBy);
    }
  }

  private void requireFitting() {
    if (normalise && pool.isEmpty()) {
      throw new InputException("--normalise is for the vectors of --pool, which is not given");
    }
    if (hidden && pool.isPresent()) {
      throw new InputException(
          "--hidden and --pool are both given, allowed is one of them: --pool writes"
              + " sentence_embedding alone");
    }
  }

  private EncodeInput input(PretrainedModel read, @Nullable EmbeddingSettings embedding)
      throws IOException {
    EncoderConfig config = read.model().config();
    if (isSafetensors()) {
      return EncodeInput.tensors(input, config);
    }
    int positions = config.maxPositionEmbeddings();
    int longest =
        embedding == null
            ? EncodeInput.longest(maxSeqLength, positions, positions)
            : embedding.maxSeqLength();
    try (Tokenizer tokenizer = read.openTokenizer()) {
      EncodeInput texts = EncodeInput.texts(input, tokenizer, config, longest);
      if (texts.cut() > 0) {
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "albert: %d of %d texts were cut to %d pieces%n",
                texts.cut(),
                texts.rows().size(),
                longest);
      }
      return texts;
    }
  }

  /** By its name, else by its beginning: the length of a header that begins with a brace. */
  private boolean isSafetensors() throws IOException {
    String name = String.valueOf(input.getFileName());
    if (!Files.isRegularFile(input)
        || name.endsWith(".safetensors")
        || name.endsWith(".jsonl")
        || name.endsWith(".json")) {
      return name.endsWith(".safetensors");
    }
    try (InputStream in = Files.newInputStream(input)) {
      byte[] start = in.readNBytes(Long.BYTES + 1);
      return start.length > Long.BYTES
          && start[Long.BYTES] == '{'
          && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong() < 1L << 32;
    }
  }

  private void report(EncodeRun run, RuntimeOptions used, double seconds) {
    long tokens =
        run.input().rows().stream().mapToLong(row -> Arrays.stream(row.mask()).sum()).sum();
    Map<String, List<Long>> tensors = new LinkedHashMap<>();
    run.shapes().forEach((name, shape) -> tensors.put(name, Arrays.stream(shape).boxed().toList()));
    String precision = used.precision().name().toLowerCase(Locale.ROOT);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(
          new StrictJson()
              .write(
                  new Summary(
                      output.toString(),
                      tensors,
                      tokens,
                      run.input().cut(),
                      seconds,
                      tokens / seconds,
                      precision,
                      used.threads())));
    } else {
      out.printf(
          Locale.ROOT,
          "%s: %d sequences of up to %d, %d tokens in %.1f s, %s%n",
          output,
          run.input().rows().size(),
          run.input().width(),
          tokens,
          seconds,
          precision);
    }
    out.flush();
  }
}
