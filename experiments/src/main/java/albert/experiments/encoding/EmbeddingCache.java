package albert.experiments.encoding;

import albert.datasets.batch.FeatureCache;
import albert.experiments.checkpoint.WeightHash;
import albert.experiments.stage.StopSignal;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeddings kept in files, so that a second search of the same texts starts at once.
 *
 * <p>A file is named after the SHA-256 of the model, its tokenizer, the settings and the texts, so
 * what was made of others is never taken. A file that is cut off or changed is made again. Nothing
 * here needs to be kept: the folder may be removed at any time.
 *
 * @param folder of the files, made when the first is written
 */
public record EmbeddingCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingCache.class);

  /** Fewer are embedded faster than a file is written and forced to the disk. */
  private static final int SMALLEST = 200;

  private static final String CONTENT = "sha256";

  /** The folder {@code embeddings} beside the {@linkplain FeatureCache features}. */
  public static EmbeddingCache of(Map<String, String> environment) {
    return new EmbeddingCache(FeatureCache.of(environment).folder().resolveSibling("embeddings"));
  }

  /**
   * The vectors of texts, from a file if there is one; few texts have none.
   *
   * @param place says where a text comes from, for messages
   * @param progress told how many texts are done
   * @return float32 [texts, H], of length 1
   * @throws IOException see {@link Embedder#embed}
   */
  public FloatTensor embed(
      Embedder embedder,
      List<String> texts,
      IntFunction<String> place,
      StopSignal stop,
      IntConsumer progress)
      throws IOException {
    if (texts.size() < SMALLEST) {
      return embedder.embed(texts, place, stop, progress);
    }
    Path file = folder.resolve(embedder.key(texts) + ".safetensors");
    Optional<FloatTensor> found = find(file, texts.size(), embedder.size());
    if (found.isPresent()) {
      progress.accept(texts.size());
      return found.get();
    }
    FloatTensor made = embedder.embed(texts, place, stop, progress);
    try {
      Files.createDirectories(folder);
      Safetensors.write(
          file, Map.of(EncodeRun.SENTENCE_EMBEDDING, made), Map.of(CONTENT, sha256(made)));
    } catch (IOException e) {
      LOG.warn("the embeddings are not kept: {}", e.getMessage());
    }
    return made;
  }

  private static Optional<FloatTensor> find(Path file, int texts, int size) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Safetensors kept = Safetensors.open(file);
      if (kept.read(EncodeRun.SENTENCE_EMBEDDING) instanceof FloatTensor found
          && Arrays.equals(found.shape(), new long[] {texts, size})
          && sha256(found).equals(kept.metadata().get(CONTENT))) {
        return Optional.of(found);
      }
      LOG.warn("the embeddings are made again: {} is not whole", file);
    } catch (ModelFileException e) {
      LOG.warn("the embeddings are made again: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private static String sha256(FloatTensor tensor) {
    return WeightHash.of(Map.of(EncodeRun.SENTENCE_EMBEDDING, tensor));
  }
}
