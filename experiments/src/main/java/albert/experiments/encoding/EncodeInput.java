package albert.experiments.encoding;

import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.ModelInputs;
import albert.experiments.task.kind.InputLines;
import albert.experiments.task.text.TextKind;
import albert.model.config.EncoderConfig;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * What is to be encoded.
 *
 * @param rows in the order of the input
 * @param width of the outputs: the longest row
 * @param ragged whether rows have lengths of their own, so that padding is nobody's input
 * @param cut how many texts were too long and cut
 * @param file where they come from
 */
public record EncodeInput(List<Row> rows, int width, boolean ragged, long cut, Path file) {

  /** The least length that texts may be cut to: [CLS], a piece and [SEP]. */
  static final int SHORTEST = SequenceEncoder.SHORTEST;

  /** Where a row is in the file: texts have lines. */
  public String place(int row) {
    return ragged
        ? String.format(Locale.ROOT, "%s, line %d", file, row + 1)
        : String.format(Locale.ROOT, "%s, row %d", file, row);
  }

  /**
   * JSON lines with texts.
   *
   * @param longest what texts are cut to, in pieces
   * @throws albert.datasets.DataFormatException with the line
   */
  public static EncodeInput texts(Path file, Tokenizer tokenizer, EncoderConfig config, int longest)
      throws IOException {
    SequenceEncoder encoder = new SequenceEncoder(tokenizer, longest);
    List<Row> rows = new ArrayList<>();
    try (JsonLines lines = InputLines.open(file)) {
      for (JsonLine line = lines.next(TextKind.LINE);
          line != null;
          line = lines.next(TextKind.LINE)) {
        TextExample text = TextKind.read(line);
        EncodedSequence sequence = encoder.encode(text.text(), text.pair());
        ModelInputs.requireReadable(config, line.place(), sequence);
        rows.add(Row.of(sequence));
      }
    }
    return of(file, rows, true, encoder.cut());
  }

  /**
   * Tensors int32 or int64 [batch, seq], or with more dimensions before the last. Without a mask
   * everything is a token, without types all are 0; other tensors are not looked at.
   *
   * @throws ModelFileException if they are not as they should be
   */
  public static EncodeInput tensors(Path file, EncoderConfig config) {
    Safetensors source = Safetensors.open(file);
    IntTensor ids = ints(source, EncoderInputs.INPUT_IDS);
    long[] shape = ids.shape();
    if (shape.length < 2 || ids.size() == 0) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "input_ids is %s, allowed is [batch, seq], at least one of each",
              Arrays.toString(shape)));
    }
    int width = (int) shape[shape.length - 1];
    if (width > config.maxPositionEmbeddings()) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "input_ids is %s, but the model has %d positions",
              Arrays.toString(shape),
              config.maxPositionEmbeddings()));
    }
    int[] mask = optional(source, EncoderInputs.ATTENTION_MASK, ids, 1);
    int[] types = optional(source, EncoderInputs.TOKEN_TYPE_IDS, ids, 0);
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += width) {
      int to = from + width;
      rows.add(
          new Row(
              Arrays.copyOfRange(ids.values(), from, to),
              Arrays.copyOfRange(types, from, to),
              Arrays.copyOfRange(mask, from, to)));
    }
    check(file, rows, config);
    return of(file, rows, false, 0);
  }

  /**
   * What texts are cut to, in pieces.
   *
   * @param said by whoever runs the command
   * @param otherwise where nobody says it
   * @param positions that the model has
   * @throws InputException if what is said is shorter than [CLS], a piece and [SEP], or longer than
   *     the model's positions
   */
  public static int longest(OptionalInt said, int otherwise, int positions) {
    int longest = said.orElse(otherwise);
    if (longest < SHORTEST || longest > positions) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--max-seq-length is %d, allowed are %d to the model's %d positions",
              longest,
              SHORTEST,
              positions));
    }
    return longest;
  }

  private static EncodeInput of(Path file, List<Row> rows, boolean ragged, long cut) {
    if (rows.isEmpty()) {
      throw new InputException("there is nothing to encode in " + file);
    }
    return new EncodeInput(
        rows, rows.stream().mapToInt(Row::length).max().orElseThrow(), ragged, cut, file);
  }

  private static IntTensor ints(Safetensors source, String name) {
    if (source.read(name) instanceof IntTensor ints) {
      return ints;
    }
    throw new ModelFileException(
        source.file(), name + " is of floating-point numbers, allowed are int32 and int64");
  }

  private static int[] optional(Safetensors source, String name, IntTensor ids, int otherwise) {
    if (!source.entries().containsKey(name)) {
      int[] values = new int[ids.size()];
      Arrays.fill(values, otherwise);
      return values;
    }
    IntTensor tensor = ints(source, name);
    if (!Arrays.equals(tensor.shape(), ids.shape())) {
      throw new ModelFileException(
          source.file(),
          String.format(
              Locale.ROOT,
              "%s is %s, but input_ids is %s",
              name,
              Arrays.toString(tensor.shape()),
              Arrays.toString(ids.shape())));
    }
    return tensor.values();
  }

  private static void check(Path file, List<Row> rows, EncoderConfig config) {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int vocabulary = config.vocabSize();
      int types = config.typeVocabSize();
      check(file, i, "input_ids", row.ids(), id -> id >= 0 && id < vocabulary, vocabulary - 1);
      check(file, i, "token_type_ids", row.types(), id -> id >= 0 && id < types, types - 1);
      check(file, i, "attention_mask", row.mask(), id -> id == 0 || id == 1, 1);
    }
  }

  private static void check(
      Path file, int row, String name, int[] values, IntPredicate allowed, int largest) {
    for (int value : values) {
      if (!allowed.test(value)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: %s has %d in row %d, allowed are 0 to %d",
                file,
                name,
                value,
                row,
                largest));
      }
    }
  }
}
