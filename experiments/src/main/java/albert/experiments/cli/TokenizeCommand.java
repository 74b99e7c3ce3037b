package albert.experiments.cli;

import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.InputException;
import albert.experiments.task.kind.InputLines;
import albert.experiments.task.text.TextKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert tokenize}: texts to ids, a line at a time. */
@Command(
    name = "tokenize",
    description =
        "Reads JSON lines with text (and pair) and writes a JSON line with ids for each; an"
            + " empty line is an error. Text is data: \"[CLS]\" in it is ordinary text, and"
            + " nothing is cut or padded.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert tokenize --tokenizer vocab.txt --input texts.jsonl --special",
      "Without --special the ids of a pair follow those of the text."
    })
final class TokenizeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE|DIR",
      required = true,
      description =
          "A SentencePiece .model, a vocab.txt, a tokenizer.json, or a model's folder. Files"
              + " beside it (tokenizer_config.json) are read too.")
  private Path file;

  @Option(
      names = "--input",
      paramLabel = "F",
      description = "JSON lines, one text in each [standard input].")
  private @Nullable Path input;

  @Option(
      names = "--special",
      description = "Put [CLS] and [SEP] around the texts, and also write type_ids.")
  private boolean special;

  @Option(
      names = "--special-in-text",
      description = "Turn special tokens in texts, such as [E1], into their ids.")
  private boolean specialInText;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--tokenizer %s %s, needed is a .model, vocab.txt or tokenizer.json, or a model's"
                  + " folder",
              file,
              Files.exists(file) ? "is neither a file nor a folder" : "does not exist"));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Tokenizer tokenizer = Tokenizers.open(file, specialInText);
        JsonLines lines = InputLines.open(input)) {
      SequenceEncoder encoder = new SequenceEncoder(tokenizer, Integer.MAX_VALUE);
      StringBuilder json = new StringBuilder();
      for (JsonLine line = lines.next(TextKind.LINE);
          line != null;
          line = lines.next(TextKind.LINE)) {
        json.setLength(0);
        append(json, TextKind.read(line), tokenizer, encoder);
        out.append(json);
      }
    }
    out.flush();
    return 0;
  }

  private void append(
      StringBuilder json, TextExample line, Tokenizer tokenizer, SequenceEncoder encoder) {
    if (special) {
      EncodedSequence sequence = encoder.encode(line.text(), line.pair());
      list(json.append("{\"ids\":"), sequence.inputIds());
      list(json.append(",\"type_ids\":"), sequence.tokenTypeIds());
    } else {
      int[] ids = tokenizer.encode(line.text());
      if (line.pair() != null) {
        int[] pair = tokenizer.encode(line.pair());
        ids = IntStream.concat(Arrays.stream(ids), Arrays.stream(pair)).toArray();
      }
      list(json.append("{\"ids\":"), ids);
    }
    json.append("}\n");
  }

  private static void list(StringBuilder json, int[] values) {
    json.append('[');
    for (int i = 0; i < values.length; i++) {
      json.append(i == 0 ? "" : ",").append(values[i]);
    }
    json.append(']');
  }
}
