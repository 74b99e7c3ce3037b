package albert.model.config;

import static albert.model.config.Range.belowOne;
import static albert.model.config.Range.between;
import static albert.model.config.Range.positive;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.Locale;

/**
 * Every knob of an encoder's architecture. The constructor checks it, so every instance is valid.
 *
 * <p>Names are those of the published {@code albert_config.json}; files and options write them in
 * snake case. Defaults of {@link Builder} are the ALBERT paper's.
 *
 * @param modelType family that names the variables
 * @param vocabSize V, rows of the word embedding
 * @param embeddingSize E; not factorised if E = H
 * @param hiddenSize H, a multiple of A
 * @param numHiddenLayers L, a multiple of {@code groups}
 * @param sharing which part of the layers is shared
 * @param groups G, how many different sets of weights a shared part has; 1 without sharing
 * @param sharingPattern which layers use the same set; it matters where there are fewer sets than
 *     layers but more than one
 * @param innerGroupNum blocks that one layer applies one after the other, each with its own weights
 * @param numAttentionHeads A
 * @param intermediateSize I, width of the feed-forward network
 * @param hiddenAct its activation, also the masked-LM transform's
 * @param hiddenDropoutProb dropout after embeddings, attention output and feed-forward output
 * @param attentionProbsDropoutProb dropout of the attention probabilities
 * @param classifierDropoutProb dropout of the pooled output before a task head
 * @param maxPositionEmbeddings P, the longest sequence
 * @param typeVocabSize T, number of token types
 * @param initializerRange standard deviation of the truncated normal that weights start from
 * @param layerNormEps added to the variance in layer norm
 * @param ffnOutputDropout whether {@code hiddenDropoutProb} also applies after the feed-forward
 *     output: Google's code does, Hugging Face's ALBERT does not
 * @param projectEqualSizes whether embeddings are projected even if E = H: Hugging Face's ALBERT
 *     does that, Google's code does not
 * @param paddingIdx word whose embedding gets no gradient from being looked up, -1 for none:
 *     Google's code trains all words, Hugging Face's all but the padding ({@code padding_idx} of
 *     its embedding)
 * @param classifierPooling what a head for whole sequences reads
 * @param layerDeltaRank r, rank of what every layer adds of its own to the kernels that it shares
 *     ({@link LayerDelta}); 0 for nothing
 */
public record EncoderConfig(
    ModelType modelType,
    int vocabSize,
    int embeddingSize,
    int hiddenSize,
    int numHiddenLayers,
    ParameterSharing sharing,
    int groups,
    SharingPattern sharingPattern,
    int innerGroupNum,
    int numAttentionHeads,
    int intermediateSize,
    HiddenAct hiddenAct,
    double hiddenDropoutProb,
    double attentionProbsDropoutProb,
    double classifierDropoutProb,
    int maxPositionEmbeddings,
    int typeVocabSize,
    double initializerRange,
    double layerNormEps,
    boolean ffnOutputDropout,
    boolean projectEqualSizes,
    int paddingIdx,
    @JacksonInject(value = "classifier_pooling", useInput = OptBoolean.TRUE)
        ClassifierPooling classifierPooling,
    @JacksonInject(value = "layer_delta_rank", useInput = OptBoolean.TRUE) int layerDeltaRank) {

  private static final int MAX_VOCAB_SIZE = 10_000_000;
  private static final int MAX_WIDTH = 65_536;
  private static final int MAX_INTERMEDIATE_SIZE = 4 * MAX_WIDTH;
  private static final int MAX_LAYERS = 1_024;
  private static final int MAX_POSITIONS = 1_000_000;

  /**
   * Checks every knob.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public EncoderConfig {
    between("vocab_size", vocabSize, 1, MAX_VOCAB_SIZE);
    between("embedding_size", embeddingSize, 1, MAX_WIDTH);
    between("hidden_size", hiddenSize, 1, MAX_WIDTH);
    between("num_hidden_layers", numHiddenLayers, 1, MAX_LAYERS);
    between("groups", groups, 1, MAX_LAYERS);
    between("inner_group_num", innerGroupNum, 1, MAX_LAYERS);
    between("num_attention_heads", numAttentionHeads, 1, MAX_WIDTH);
    between("intermediate_size", intermediateSize, 1, MAX_INTERMEDIATE_SIZE);
    between("max_position_embeddings", maxPositionEmbeddings, 1, MAX_POSITIONS);
    between("type_vocab_size", typeVocabSize, 1, MAX_WIDTH);
    between("layer_delta_rank", layerDeltaRank, 0, Math.min(hiddenSize, intermediateSize));
    belowOne("hidden_dropout_prob", hiddenDropoutProb);
    belowOne("attention_probs_dropout_prob", attentionProbsDropoutProb);
    belowOne("classifier_dropout_prob", classifierDropoutProb);
    positive("initializer_range", initializerRange, 1);
    positive("layer_norm_eps", layerNormEps, 1);
    Range.require(
        paddingIdx >= -1 && paddingIdx < vocabSize,
        "padding_idx",
        paddingIdx,
        "-1 (none) to " + (vocabSize - 1));
    if (hiddenSize % numAttentionHeads != 0) {
      throw new ConfigException(
          "hidden_size",
          String.format(
              Locale.ROOT,
              "hidden_size %d is not a multiple of num_attention_heads %d",
              hiddenSize,
              numAttentionHeads));
    }
    if (sharing == ParameterSharing.NONE && groups != 1) {
      throw new ConfigException(
          "groups",
          String.format(
              Locale.ROOT,
              "groups is %d, but sharing is none: groups say how many sets of weights a shared part has",
              groups));
    }
    if (sharing == ParameterSharing.NONE && sharingPattern != SharingPattern.SEQUENCE) {
      throw new ConfigException(
          "sharing_pattern",
          String.format(
              Locale.ROOT,
              "sharing_pattern is %s, but sharing is none: allowed without sharing is sequence",
              sharingPattern.name().toLowerCase(Locale.ROOT)));
    }
    if (sharing == ParameterSharing.NONE && layerDeltaRank != 0) {
      throw new ConfigException(
          "layer_delta_rank",
          String.format(
              Locale.ROOT,
              "layer_delta_rank is %d, but sharing is none: only layers that share weights add to them",
              layerDeltaRank));
    }
    if (numHiddenLayers % groups != 0) {
      throw new ConfigException(
          "groups",
          String.format(
              Locale.ROOT,
              "num_hidden_layers %d is not a multiple of groups %d",
              numHiddenLayers,
              groups));
    }
  }

  /** Whether the embeddings are projected from E to H. */
  public boolean hasEmbeddingProjection() {
    return embeddingSize != hiddenSize || projectEqualSizes;
  }

  /** Whether heads for whole sequences stand on a pooler. */
  public boolean hasPooler() {
    return classifierPooling == ClassifierPooling.CLS;
  }

  /** H / A. */
  public int headSize() {
    return hiddenSize / numAttentionHeads;
  }

  /** Blocks applied to a sequence: L times the inner groups. */
  public int blocksApplied() {
    return numHiddenLayers * innerGroupNum;
  }

  /** A builder that starts from this configuration. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** A builder that starts from ALBERT base (paper, Table 1). */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a configuration; {@code intermediateSize} follows as 4 H unless set. */
  public static final class Builder {
    private ModelType modelType = ModelType.ALBERT;
    private int vocabSize = 30_000;
    private int embeddingSize = 128;
    private int hiddenSize = 768;
    private int numHiddenLayers = 12;
    private ParameterSharing sharing = ParameterSharing.ALL;
    private int groups = 1;
    private SharingPattern sharingPattern = SharingPattern.SEQUENCE;
    private int innerGroupNum = 1;
    private int numAttentionHeads = 12;
    private int intermediateSize;
    private HiddenAct hiddenAct = HiddenAct.GELU_NEW;
    private double hiddenDropoutProb;
    private double attentionProbsDropoutProb;
    private double classifierDropoutProb = 0.1;
    private int maxPositionEmbeddings = 512;
    private int typeVocabSize = 2;
    private double initializerRange = 0.02;
    private double layerNormEps = 1e-12;
    private boolean ffnOutputDropout = true;
    private boolean projectEqualSizes;
    private int paddingIdx = -1;
    private ClassifierPooling classifierPooling = ClassifierPooling.CLS;
    private int layerDeltaRank;

    private Builder() {}

    private Builder(EncoderConfig from) {
      modelType = from.modelType;
      vocabSize = from.vocabSize;
      embeddingSize = from.embeddingSize;
      hiddenSize = from.hiddenSize;
      numHiddenLayers = from.numHiddenLayers;
      sharing = from.sharing;
      groups = from.groups;
      sharingPattern = from.sharingPattern;
      innerGroupNum = from.innerGroupNum;
      numAttentionHeads = from.numAttentionHeads;
      intermediateSize = from.intermediateSize;
      hiddenAct = from.hiddenAct;
      hiddenDropoutProb = from.hiddenDropoutProb;
      attentionProbsDropoutProb = from.attentionProbsDropoutProb;
      classifierDropoutProb = from.classifierDropoutProb;
      maxPositionEmbeddings = from.maxPositionEmbeddings;
      typeVocabSize = from.typeVocabSize;
      initializerRange = from.initializerRange;
      layerNormEps = from.layerNormEps;
      ffnOutputDropout = from.ffnOutputDropout;
      projectEqualSizes = from.projectEqualSizes;
      paddingIdx = from.paddingIdx;
      classifierPooling = from.classifierPooling;
      layerDeltaRank = from.layerDeltaRank;
    }

    /** Sets {@link EncoderConfig#modelType()}. */
    public Builder modelType(ModelType value) {
      modelType = value;
      return this;
    }

    /** Sets {@link EncoderConfig#vocabSize()}. */
    public Builder vocabSize(int value) {
      vocabSize = value;
      return this;
    }

    /** Sets {@link EncoderConfig#embeddingSize()}. */
    public Builder embeddingSize(int value) {
      embeddingSize = value;
      return this;
    }

    /** Sets {@link EncoderConfig#hiddenSize()}. */
    public Builder hiddenSize(int value) {
      hiddenSize = value;
      return this;
    }

    /** Sets {@link EncoderConfig#numHiddenLayers()}. */
    public Builder numHiddenLayers(int value) {
      numHiddenLayers = value;
      return this;
    }

    /** Sets {@link EncoderConfig#sharing()}. */
    public Builder sharing(ParameterSharing value) {
      sharing = value;
      return this;
    }

    /** Sets {@link EncoderConfig#groups()}. */
    public Builder groups(int value) {
      groups = value;
      return this;
    }

    /** Sets {@link EncoderConfig#sharingPattern()}. */
    public Builder sharingPattern(SharingPattern value) {
      sharingPattern = value;
      return this;
    }

    /** Sets {@link EncoderConfig#innerGroupNum()}. */
    public Builder innerGroupNum(int value) {
      innerGroupNum = value;
      return this;
    }

    /** Sets {@link EncoderConfig#numAttentionHeads()}. */
    public Builder numAttentionHeads(int value) {
      numAttentionHeads = value;
      return this;
    }

    /** Sets {@link EncoderConfig#intermediateSize()}. */
    public Builder intermediateSize(int value) {
      intermediateSize = value;
      return this;
    }

    /** Sets {@link EncoderConfig#hiddenAct()}. */
    public Builder hiddenAct(HiddenAct value) {
      hiddenAct = value;
      return this;
    }

    /** Sets {@link EncoderConfig#hiddenDropoutProb()}. */
    public Builder hiddenDropoutProb(double value) {
      hiddenDropoutProb = value;
      return this;
    }

    /** Sets {@link EncoderConfig#attentionProbsDropoutProb()}. */
    public Builder attentionProbsDropoutProb(double value) {
      attentionProbsDropoutProb = value;
      return this;
    }

    /** Sets {@link EncoderConfig#classifierDropoutProb()}. */
    public Builder classifierDropoutProb(double value) {
      classifierDropoutProb = value;
      return this;
    }

    /** Sets {@link EncoderConfig#maxPositionEmbeddings()}. */
    public Builder maxPositionEmbeddings(int value) {
      maxPositionEmbeddings = value;
      return this;
    }

    /** Sets {@link EncoderConfig#typeVocabSize()}. */
    public Builder typeVocabSize(int value) {
      typeVocabSize = value;
      return this;
    }

    /** Sets {@link EncoderConfig#initializerRange()}. */
    public Builder initializerRange(double value) {
      initializerRange = value;
      return this;
    }

    /** Sets {@link EncoderConfig#layerNormEps()}. */
    public Builder layerNormEps(double value) {
      layerNormEps = value;
      return this;
    }

    /** Sets {@link EncoderConfig#ffnOutputDropout()}. */
    public Builder ffnOutputDropout(boolean value) {
      ffnOutputDropout = value;
      return this;
    }

    /** Sets {@link EncoderConfig#projectEqualSizes()}. */
    public Builder projectEqualSizes(boolean value) {
      projectEqualSizes = value;
      return this;
    }

    /** Sets {@link EncoderConfig#paddingIdx()}. */
    public Builder paddingIdx(int value) {
      paddingIdx = value;
      return this;
    }

    /** Sets {@link EncoderConfig#classifierPooling()}. */
    public Builder classifierPooling(ClassifierPooling value) {
      classifierPooling = value;
      return this;
    }

    /** Sets {@link EncoderConfig#layerDeltaRank()}. */
    public Builder layerDeltaRank(int value) {
      layerDeltaRank = value;
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws ConfigException if a knob or a combination is not allowed
     */
    public EncoderConfig build() {
      return new EncoderConfig(
          modelType,
          vocabSize,
          embeddingSize,
          hiddenSize,
          numHiddenLayers,
          sharing,
          groups,
          sharingPattern,
          innerGroupNum,
          numAttentionHeads,
          intermediateSize == 0 ? 4 * hiddenSize : intermediateSize,
          hiddenAct,
          hiddenDropoutProb,
          attentionProbsDropoutProb,
          classifierDropoutProb,
          maxPositionEmbeddings,
          typeVocabSize,
          initializerRange,
          layerNormEps,
          ffnOutputDropout,
          projectEqualSizes,
          paddingIdx,
          classifierPooling,
          layerDeltaRank);
    }
  }
}
