package albert.model.io;

import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.io.file.WholeFile;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of our own, which says everything that a model of the suite is, any sharing
 * included: {@value CheckpointFile#NAME}, {@code model.safetensors} with the variables under the
 * suite's own names ({@link ModelVariable}, {@link BlockVariable}), each once, and the tokenizer's
 * file.
 */
public final class CheckpointDirectory {
  private CheckpointDirectory() {}

  /** Whether a directory has a checkpoint of this kind. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(CheckpointFile.NAME));
  }

  /** The file of the weights in such a checkpoint. */
  public static Path weights(Path directory) {
    return directory.resolve(WeightFiles.SAFETENSORS);
  }

  /**
   * Reads a model.
   *
   * @throws ModelFileException if a file is not sound, or a tensor is missing, left over or of the
   *     wrong shape
   */
  public static LoadedModel read(Path directory) {
    return read(directory, null);
  }

  /**
   * Reads a model whose description is in a directory.
   *
   * @param variables the variables; null for those in the directory
   */
  static LoadedModel read(Path directory, @Nullable TensorSource variables) {
    Path json = directory.resolve(CheckpointFile.NAME);
    CheckpointFile file = CheckpointFile.read(json);
    TensorSource source = variables == null ? Safetensors.open(weights(directory)) : variables;
    HeadDescription head =
        new HeadDescription(
            file.head(),
            file.labels(),
            file.tags(),
            !source.shapes().containsKey(ModelVariable.DECODER_WEIGHTS.variableName()));
    WeightReader.checkSize(source, file.encoder());
    boolean pooler =
        (head.kind().needsPooler() && file.encoder().hasPooler())
            || source.shapes().containsKey(ModelVariable.POOLER_KERNEL.variableName());
    TensorTable table = TensorTable.suite(file.encoder(), head, pooler);
    return new LoadedModel(
        file.encoder(),
        head,
        WeightReader.read(source, table, Set.of()),
        tokenizer(json, file.tokenizer()),
        List.of());
  }

  /**
   * The file of the tokenizer that lies in such a directory, whether or not the weights do; null if
   * it has none.
   *
   * @throws ModelFileException if the description is not sound, or the file is not there
   */
  public static @Nullable Path tokenizerFile(Path directory) {
    Path json = directory.resolve(CheckpointFile.NAME);
    return tokenizer(json, CheckpointFile.read(json).tokenizer());
  }

  /**
   * Writes a model, creating the directory; a checkpoint that was there is replaced. Weights are
   * replaced in one step, and the description is only ever there beside weights that fit it.
   *
   * @throws IOException if it can't be written
   */
  public static void write(Path directory, LoadedModel model) throws IOException {
    Files.createDirectories(directory);
    Map<String, FloatTensor> tensors = tensors(model);
    Path tokenizer = model.tokenizerFile();
    byte[] json = description(model);
    Path file = directory.resolve(CheckpointFile.NAME);
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), json)) {
      Files.delete(file);
    }
    if (tokenizer != null) {
      TokenizerFiles.copy(tokenizer, directory);
    }
    Safetensors.write(weights(directory), tensors, Map.of());
    WholeFile.write(file, json);
  }

  /**
   * Writes the description and the tokenizer of a model whose variables are somewhere else.
   *
   * @throws IOException if they can't be written
   */
  public static void describe(Path directory, LoadedModel model) throws IOException {
    Files.createDirectories(directory);
    Path tokenizer = model.tokenizerFile();
    if (tokenizer != null) {
      TokenizerFiles.copy(tokenizer, directory);
    }
    WholeFile.write(directory.resolve(CheckpointFile.NAME), description(model));
  }

  private static byte[] description(LoadedModel model) throws IOException {
    Path tokenizer = model.tokenizerFile();
    return CheckpointFile.of(model, tokenizer == null ? null : TokenizerFiles.nameFor(tokenizer))
        .json();
  }

  /** Bytes of the file of the weights that {@link #write} would write. */
  public static long bytesOfWeights(LoadedModel model) throws IOException {
    return Safetensors.bytes(tensors(model));
  }

  private static Map<String, FloatTensor> tensors(LoadedModel model) {
    TensorTable table = TensorTable.suite(model.config(), model.head(), model.hasPooler());
    WeightWriter.checkComplete(model, table);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    table.rows().forEach(row -> tensors.put(row.tensor(), WeightWriter.variable(model, row)));
    return tensors;
  }

  private static @Nullable Path tokenizer(Path json, @Nullable String name) {
    if (name == null) {
      return null;
    }
    Path file = json.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(
          json, String.format(Locale.ROOT, "the tokenizer %s is not beside it", name));
    }
    return file;
  }
}
