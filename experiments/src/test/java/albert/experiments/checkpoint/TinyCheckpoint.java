package albert.experiments.checkpoint;

import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.head.ClassificationHead;
import albert.model.io.HeadDescription;
import albert.model.io.HuggingFaceDirectory;
import albert.model.io.LoadedModel;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A small BERT encoder with random weights and BERT's uncased tokenizer, as a directory. */
public final class TinyCheckpoint {

  private TinyCheckpoint() {}

  /** Its architecture. */
  public static EncoderConfig config() {
    return EncoderPreset.MINI_BERT.config().toBuilder()
        .vocabSize(30_522)
        .embeddingSize(16)
        .hiddenSize(16)
        .intermediateSize(32)
        .numAttentionHeads(2)
        .maxPositionEmbeddings(32)
        .initializerRange(0.2)
        .paddingIdx(0)
        .build();
  }

  /** The weights of a seed, without a head. */
  public static LoadedModel model(long seed) {
    try (TrainableModel model =
        TrainableModel.build(
            config(),
            List.of(new ClassificationHead(2)),
            OptimizerConfig.adamW(),
            RuntimeOptions.reproducible())) {
      model.initialize(seed);
      Map<String, FloatTensor> weights = new TreeMap<>(model.weights());
      weights.keySet().removeIf(name -> name.startsWith("output_"));
      return new LoadedModel(config(), HeadDescription.NONE, weights, null, List.of());
    }
  }

  /** Writes it in Hugging Face's layout. */
  public static Path write(Path directory, long seed) throws IOException {
    HuggingFaceDirectory.write(directory, model(seed));
    try (InputStream tokenizer =
        Objects.requireNonNull(
            TinyCheckpoint.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json"))) {
      Files.copy(tokenizer, directory.resolve("tokenizer.json"));
    }
    return directory;
  }
}
