package albert.model.compress;

import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.io.LayerDeltas;
import albert.model.io.LoadedModel;
import albert.model.io.ModelVariable;
import albert.model.io.ModelVariable.Part;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A model in another shape, in closed form: its embeddings factorised, its layers merged. What is
 * lost is for {@link albert.model.runtime.Distillation} to win back.
 *
 * @param model the compressed model
 * @param embeddingError what the factorisation loses: mean squared distance to the source's
 *     normalised embeddings, as a part of their variance; 0 where they are as they were
 */
public record Compression(LoadedModel model, double embeddingError) {

  /** Name of the samples' word ids, int32 [n]. */
  public static final String WORDS = "words";

  /** Name of the samples' positions, int32 [n]. */
  public static final String POSITIONS = "positions";

  /** Name of the samples' token types, int32 [n]. */
  public static final String TYPES = "types";

  /**
   * Compresses.
   *
   * @param target as {@link CompressedShape} gives it
   * @param samples of what is embedded, by {@value #WORDS}, {@value #POSITIONS} and {@value
   *     #TYPES}: the factorisation is the best for them
   */
  public static Compression of(
      LoadedModel source,
      EncoderConfig target,
      LayerMerge merge,
      Map<String, ? extends HostTensor> samples,
      RuntimeOptions options) {
    boolean factorised = target.embeddingSize() != source.config().embeddingSize();
    Map<String, FloatTensor> weights = outsideBlocks(source, factorised);
    double error = 0;
    if (factorised) {
      EmbeddingFactorisation.Factors factors =
          EmbeddingFactorisation.fit(
              source.config(), source.weights(), target.embeddingSize(), samples, options);
      weights.putAll(factors.variables());
      error = factors.error();
    }
    weights.putAll(layers(source, target, merge, options));
    HeadDescription head = head(source.head(), factorised);
    List<String> notes = new ArrayList<>();
    if (!head.equals(source.head())) {
      notes.add(
          "the masked-LM head, whose decoder has the width of the old embeddings, was left out");
    }
    return new Compression(
        new LoadedModel(target, head, weights, source.tokenizerFile(), notes), error);
  }

  /** The blocks with what each layer adds to them. */
  private static Map<String, FloatTensor> layers(
      LoadedModel source, EncoderConfig target, LayerMerge merge, RuntimeOptions options) {
    boolean isKept =
        source.config().layerDeltaRank() == target.layerDeltaRank()
            && source.config().sharing() == target.sharing()
            && LayerMapping.of(source.config()).equals(LayerMapping.of(target));
    LoadedModel from = isKept ? source : LayerDeltas.folded(source);
    Map<String, FloatTensor> layers = merge.blocks(from.config(), from.weights(), target, options);
    if (!isKept) {
      layers.putAll(LayerDeltaFit.of(from, target, layers, options));
    } else {
      LayerDeltas.shapes(target)
          .keySet()
          .forEach(name -> layers.put(name, Objects.requireNonNull(from.weights().get(name))));
    }
    return layers;
  }

  private static Map<String, FloatTensor> outsideBlocks(LoadedModel source, boolean factorised) {
    Map<String, FloatTensor> weights = new TreeMap<>();
    for (ModelVariable variable : ModelVariable.values()) {
      FloatTensor tensor = source.weights().get(variable.variableName());
      boolean lost =
          factorised
              && (variable.part() == Part.EMBEDDINGS
                  || variable.part() == Part.MASKED_LM
                  || variable.part() == Part.DECODER);
      if (tensor != null && !lost) {
        weights.put(variable.variableName(), tensor);
      }
    }
    return weights;
  }

  private static HeadDescription head(HeadDescription head, boolean factorised) {
    if (!factorised || !head.kind().hasDecoder()) {
      return head;
    }
    return head.kind() == HeadKind.PRETRAINING
        ? HeadDescription.of(HeadKind.NEXT_SENTENCE)
        : HeadDescription.NONE;
  }
}
