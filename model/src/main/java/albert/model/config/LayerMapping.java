package albert.model.config;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which set of weights each layer uses, for attention and for the feed-forward network. Every
 * sharing pattern is a case of it, and nothing else in the model knows about sharing.
 *
 * @param attention the attention set of each layer, length L, sets numbered from 0 without gaps
 * @param ffn the feed-forward set of each layer, likewise
 */
public record LayerMapping(List<Integer> attention, List<Integer> ffn) {

  /** Copies its arguments. */
  public LayerMapping {
    attention = List.copyOf(attention);
    ffn = List.copyOf(ffn);
  }

  /**
   * The mapping of a configuration: a layer of a shared part uses the set that the {@link
   * SharingPattern} names, a layer of the other part its own.
   *
   * <p>Differs from google-research/albert, {@code modeling.py}, which computes {@code int(i / L *
   * G)} in floating point and so places some layers one group too low: first layer 15 of 22 with 22
   * groups, and layer 30 of 44 with 22.
   */
  public static LayerMapping of(EncoderConfig config) {
    int layers = config.numHiddenLayers();
    List<Integer> own = IntStream.range(0, layers).boxed().toList();
    List<Integer> shared =
        own.stream()
            .map(layer -> config.sharingPattern().set(layer, layers, config.groups()))
            .toList();
    return new LayerMapping(
        config.sharing().sharesAttention() ? shared : own,
        config.sharing().sharesFfn() ? shared : own);
  }

  /** Whether layers in a row share, in groups of equal size, as published code has it. */
  public boolean isSequence(int sets) {
    int layers = attention.size();
    return attention.equals(ffn)
        && IntStream.range(0, layers)
            .allMatch(i -> attention.get(i) == SharingPattern.SEQUENCE.set(i, layers, sets));
  }

  /** How many different sets of attention weights there are. */
  public int attentionSets() {
    return sets(attention);
  }

  /** How many different sets of feed-forward weights there are. */
  public int ffnSets() {
    return sets(ffn);
  }

  private static int sets(List<Integer> mapping) {
    return mapping.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }
}
