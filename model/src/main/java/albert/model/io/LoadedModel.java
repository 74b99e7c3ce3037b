package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model read from files, whatever their format.
 *
 * @param config what the encoder is
 * @param head what stands on it
 * @param weights float32 variables by the names of {@link ModelVariable} and {@link BlockVariable}
 * @param tokenizerFile tokenizer.json, a SentencePiece model or vocab.txt beside the weights, if
 *     there is one
 * @param notes what the user should know about how the files were read, a line each
 */
public record LoadedModel(
    EncoderConfig config,
    HeadDescription head,
    Map<String, FloatTensor> weights,
    @Nullable Path tokenizerFile,
    List<String> notes) {

  /** Copies the collections, not the weights. */
  public LoadedModel {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    notes = List.copyOf(notes);
  }

  /** Whether there is a pooler; models with token-wise heads have none. */
  public boolean hasPooler() {
    return weights.containsKey(ModelVariable.POOLER_KERNEL.variableName());
  }
}
