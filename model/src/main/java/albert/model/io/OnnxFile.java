package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.io.file.ModelFileException;
import albert.model.io.onnx.OnnxSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads a BERT encoder from an ONNX file as PyTorch exports it, such as the ones in the
 * all-MiniLM-L6-v2 and bge-small-en-v1.5 packages on Maven Central.
 */
public final class OnnxFile {
  private static final String POSITION_IDS = "embeddings.position_ids";

  private OnnxFile() {}

  /**
   * Reads a file.
   *
   * @throws ModelFileException if it is not sound or not a BERT encoder
   */
  public static LoadedModel read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  /**
   * Reads a stream to its end, such as a resource of a jar.
   *
   * @param name what to call it in messages
   * @throws ModelFileException if it is not sound or not a BERT encoder
   */
  public static LoadedModel read(Path name, InputStream stream) {
    OnnxSource source = OnnxSource.read(name, stream);
    EncoderConfig config = source.config();
    WeightReader.checkSize(source, config);
    boolean pooler = source.shapes().containsKey("pooler.dense.weight");
    Set<String> ignored = new LinkedHashSet<>(Set.of(POSITION_IDS));
    ignored.retainAll(source.shapes().keySet());
    TensorTable table =
        TensorTable.huggingFace(
            config, HeadDescription.NONE, pooler, TensorTable.Layout.of(config), "");
    return new LoadedModel(
        config,
        HeadDescription.NONE,
        WeightReader.read(source, table, ignored),
        null,
        ignored.stream().map(buffer -> buffer + " is a constant and was left out").toList());
  }
}
