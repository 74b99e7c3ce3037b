package albert.model.config;

/**
 * Which part of a layer uses the weights of other layers (ALBERT paper, section 3.1 and Table 4).
 * How many different sets of weights a shared part has is {@link EncoderConfig#groups()}.
 */
public enum ParameterSharing {
  /** Every layer has weights of its own. */
  NONE(false, false),
  /** Attention, with its output projection and layer norm, is shared. */
  ATTENTION(true, false),
  /** The feed-forward network, with its layer norm, is shared. */
  FFN(false, true),
  /** Both are shared: ALBERT's default. */
  ALL(true, true);

  private final boolean sharesAttention;
  private final boolean sharesFfn;

  ParameterSharing(boolean sharesAttention, boolean sharesFfn) {
    this.sharesAttention = sharesAttention;
    this.sharesFfn = sharesFfn;
  }

  /** Whether layers of one group use the same attention weights. */
  public boolean sharesAttention() {
    return sharesAttention;
  }

  /** Whether layers of one group use the same feed-forward weights. */
  public boolean sharesFfn() {
    return sharesFfn;
  }
}
