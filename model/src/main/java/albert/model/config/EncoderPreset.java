package albert.model.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Named architectures. ALBERT's sizes are Table 1 of the ALBERT paper with V = 30000 and E = 128,
 * BERT's are those of the BERT paper (arXiv 1810.04805) with bert-base-uncased's V = 30522. The
 * dropouts are those of the published configuration files (ALBERT v2: none; xxlarge v2: none).
 */
public enum EncoderPreset {
  /** ALBERT base: 12 layers, H 768. */
  ALBERT_BASE(albert(12, 768, 12, 30_000, 128), 11_683_584),
  /** ALBERT large: 24 layers, H 1024. */
  ALBERT_LARGE(albert(24, 1024, 16, 30_000, 128), 17_683_968),
  /** ALBERT xlarge: 24 layers, H 2048. */
  ALBERT_XLARGE(albert(24, 2048, 16, 30_000, 128), 58_724_864),
  /** ALBERT xxlarge: 12 layers, H 4096. */
  ALBERT_XXLARGE(albert(12, 4096, 64, 30_000, 128), 222_595_584),
  /** BERT base: 12 layers, H 768. */
  BERT_BASE(bert(12, 768, 12, 30_522), 109_482_240),
  /** BERT large: 24 layers, H 1024. */
  BERT_LARGE(bert(24, 1024, 16, 30_522), 335_141_888),
  /** A small ALBERT for a CPU. */
  MINI_ALBERT(albert(4, 256, 4, 30_000, 128), 4_794_624),
  /** A small BERT for a CPU. */
  MINI_BERT(bert(4, 256, 4, 30_000), 11_036_928);

  private final EncoderConfig config;
  private final long expectedParameters;

  EncoderPreset(EncoderConfig config, long expectedParameters) {
    this.config = config;
    this.expectedParameters = expectedParameters;
  }

  /** The preset's configuration. */
  public EncoderConfig config() {
    return config;
  }

  /** Parameters of encoder and pooler, as a test counts them. */
  public long expectedParameters() {
    return expectedParameters;
  }

  /** The name used in files and options: {@code albert-base}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a preset by its {@link #id()}.
   *
   * @throws ConfigException naming the presets there are
   */
  public static EncoderPreset of(String id) {
    return Arrays.stream(values())
        .filter(preset -> preset.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "preset",
                    String.format(
                        Locale.ROOT,
                        "preset is '%s', allowed are %s",
                        id,
                        Arrays.stream(values())
                            .map(EncoderPreset::id)
                            .collect(Collectors.joining(", ")))));
  }

  private static EncoderConfig albert(int layers, int hidden, int heads, int vocab, int embedding) {
    return EncoderConfig.builder()
        .vocabSize(vocab)
        .embeddingSize(embedding)
        .hiddenSize(hidden)
        .numHiddenLayers(layers)
        .numAttentionHeads(heads)
        .build();
  }

  private static EncoderConfig bert(int layers, int hidden, int heads, int vocab) {
    return EncoderConfig.builder()
        .modelType(ModelType.BERT)
        .vocabSize(vocab)
        .embeddingSize(hidden)
        .hiddenSize(hidden)
        .numHiddenLayers(layers)
        .numAttentionHeads(heads)
        .sharing(ParameterSharing.NONE)
        .hiddenAct(HiddenAct.GELU)
        .hiddenDropoutProb(0.1)
        .attentionProbsDropoutProb(0.1)
        .build();
  }
}
