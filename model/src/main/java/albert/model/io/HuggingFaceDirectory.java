package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A directory as Hugging Face's transformers writes and reads it: {@code config.json}, {@code
 * model.safetensors} or {@code pytorch_model.bin} (or shards with an index) and the tokenizer's
 * files; ALBERT and BERT with the heads of {@link HeadKind}.
 */
public final class HuggingFaceDirectory {
  static final String CONFIG = "config.json";

  private HuggingFaceDirectory() {}

  /**
   * Reads a model. The head is the one in the file.
   *
   * @throws ModelFileException if a file is not sound, a key asks for what is not supported, or a
   *     tensor is missing, left over or of the wrong shape
   */
  public static LoadedModel read(Path directory) {
    HuggingFaceConfig config = HuggingFaceConfig.read(directory.resolve(CONFIG));
    TensorSource source = WeightFiles.open(directory);
    WeightReader.checkSize(source, config.encoder());
    Map<String, long[]> shapes = source.shapes();
    EncoderConfig encoder = config.encoder();
    ModelType type = encoder.modelType();
    String family = type == ModelType.ALBERT ? "albert." : "bert.";
    String prefix =
        shapes.keySet().stream().anyMatch(name -> name.startsWith(family)) ? family : "";
    boolean pooler = shapes.keySet().stream().anyMatch(name -> name.startsWith(prefix + "pooler."));
    HuggingFaceDecoder decoder = new HuggingFaceDecoder(source, type, config.tied(), prefix);
    HeadDescription head = config.head(shapes, pooler).tied(decoder.tied());
    List<String> notes = new ArrayList<>();
    if (head.kind() == HeadKind.NONE && config.architecture().contains("For")) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s says %s, but the weights have no head",
              CONFIG,
              ModelFileException.quote(config.architecture())));
    }
    Set<String> ignored = buffers(source, prefix, notes);
    ignored.addAll(decoder.ignored());
    notes.addAll(decoder.notes());
    TensorTable table =
        TensorTable.huggingFace(
                encoder,
                head,
                pooler || head.kind().needsPooler(),
                TensorTable.Layout.of(encoder),
                prefix)
            .reading(decoder.instead());
    return new LoadedModel(
        encoder,
        head,
        WeightReader.read(source, table, ignored),
        TokenizerFiles.find(directory),
        notes);
  }

  /**
   * Writes a model so that transformers loads it, creating the directory. The configuration comes
   * last, so a directory with one is complete.
   *
   * @return what the format could not say and was written in another way, a line each
   * @throws IOException if it can't be written
   */
  public static List<String> write(Path directory, LoadedModel model) throws IOException {
    return new HuggingFaceWriter(directory, model).write();
  }

  /** Constants that are no weights. */
  private static Set<String> buffers(TensorSource source, String prefix, List<String> notes) {
    Set<String> buffers = new LinkedHashSet<>();
    for (String buffer : List.of("position_ids", "token_type_ids")) {
      String name = prefix + "embeddings." + buffer;
      if (source.shapes().containsKey(name)) {
        buffers.add(name);
        notes.add(String.format(Locale.ROOT, "%s is a constant and was left out", name));
      }
    }
    return buffers;
  }
}
