package albert.model.config;

/**
 * The non-linearity of the feed-forward network and of the masked-LM transform.
 *
 * <p>Names are Hugging Face's. Google's {@code albert_config.json} writes {@code gelu} and computes
 * the tanh approximation, which is {@link #GELU_NEW} here.
 */
public enum HiddenAct {
  /** {@code x Φ(x)} with the exact error function (arXiv 1606.08415). */
  GELU,
  /** The tanh approximation {@code 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³)))}. */
  GELU_NEW,
  /** {@code max(x, 0)}. */
  RELU
}
