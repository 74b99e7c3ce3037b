package albert.model.compress;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.Range;
import java.util.Locale;

/** The architecture that a compression leads to. */
public final class CompressedShape {

  private static final int SMALLEST = 2;

  private CompressedShape() {}

  /**
   * The source's architecture with another embedding size or other sharing. It is an ALBERT unless
   * nothing changes.
   *
   * @param asked the source's with these knobs turned; E is 2 to the source's own
   * @throws ConfigException naming the key, the value and what is allowed
   */
  public static EncoderConfig of(EncoderConfig source, EncoderConfig asked) {
    if (asked.equals(source)) {
      return source;
    }
    int embeddingSize = asked.embeddingSize();
    int largest = source.embeddingSize();
    Range.require(
        embeddingSize >= Math.min(SMALLEST, largest) && embeddingSize <= largest,
        "embedding_size",
        embeddingSize,
        SMALLEST + " to the checkpoint's " + largest);
    if (embeddingSize != largest && source.hasEmbeddingProjection()) {
      throw new ConfigException(
          "embedding_size",
          String.format(
              Locale.ROOT,
              "embedding_size is %d, but the checkpoint's embeddings are factorised already,"
                  + " allowed is their %d",
              embeddingSize,
              largest));
    }
    return asked.toBuilder().modelType(ModelType.ALBERT).build();
  }
}
