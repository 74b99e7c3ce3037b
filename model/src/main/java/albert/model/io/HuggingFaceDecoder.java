package albert.model.io;

import albert.model.config.ModelType;
import albert.model.io.file.TensorSource;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The decoder of a masked LM in Hugging Face's files. It is a dense layer with a bias; {@code
 * tie_word_embeddings} says whether weights and bias are the word embeddings and the head's {@code
 * bias}, and files may have all four tensors, or some. They are taken as transformers 5 takes them
 * ({@code modeling_utils.py}, {@code tie_weights}): what a configuration ties is one tensor under
 * two names, either of which is enough; if both are there and differ, they are not tied, and the
 * dense layer is what computes.
 *
 * <p>Differs from it: a decoder of its own without a bias takes the head's, as the versions before
 * 5 wrote it; there it would start from 0.
 */
final class HuggingFaceDecoder {
  private final TensorSource source;
  private final boolean untied;
  private final Set<String> ignored = new LinkedHashSet<>();
  private final Map<String, String> instead = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Finds the decoder.
   *
   * @param tied what the configuration says
   * @param prefix before the encoder's names
   */
  HuggingFaceDecoder(TensorSource source, ModelType type, boolean tied, String prefix) {
    this.source = source;
    String weights = ModelVariable.DECODER_WEIGHTS.huggingFaceName(type);
    String words = prefix + ModelVariable.WORD_EMBEDDINGS.huggingFaceName(type);
    untied = !tied || (has(weights) && !isTied(weights, words));
    if (has(weights) && tied && untied) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s differs from %s: they are not tied, as in transformers 5, whatever"
                  + " tie_word_embeddings says (transformers 4 takes the embeddings for both)",
              weights,
              words));
    }
    String headBias = ModelVariable.DECODER_BIAS.huggingFaceName(type);
    String bias = biasOf(weights);
    if (has(bias) && !isTied(bias, headBias)) {
      instead.put(headBias, bias);
      ignored.add(headBias);
      notes.add(
          String.format(
              Locale.ROOT,
              "%s differs from %s, which is what transformers computes with, and was left out",
              headBias,
              bias));
    }
  }

  /** The name of the decoder's own bias. */
  static String biasOf(String weights) {
    return weights.replaceAll("weight$", "bias");
  }

  /** Whether the decoder is the word embeddings. */
  boolean tied() {
    return !untied;
  }

  /** Tensors that are others again, or that nothing computes with. */
  Set<String> ignored() {
    return ignored;
  }

  /** Tensors to take, by the names that they stand for. */
  Map<String, String> instead() {
    return instead;
  }

  /** What was left out, a line each. */
  List<String> notes() {
    return notes;
  }

  private boolean has(String tensor) {
    return source.shapes().containsKey(tensor);
  }

  /** Whether a tensor can be taken for another: it is equal, or alone. */
  private boolean isTied(String copy, String original) {
    if (!has(original)) {
      instead.put(original, copy);
      return true;
    }
    boolean equal =
        Arrays.equals(source.shapes().get(copy), source.shapes().get(original))
            && source.read(copy) instanceof FloatTensor tensor
            && tensor.equals(source.read(original));
    if (equal) {
      ignored.add(copy);
      notes.add(String.format(Locale.ROOT, "%s is %s again and was left out", copy, original));
    }
    return equal;
  }
}
