package albert.model.io;

import albert.model.config.EncoderConfig;

/** What a dimension of a variable is made of. */
enum Width {
  /** Vocabulary. */
  V,
  /** Positions. */
  P,
  /** Token types. */
  T,
  /** Embedding size. */
  E,
  /** Hidden size. */
  H,
  /** Intermediate size. */
  I,
  /** Rows of the head's output. */
  OUTPUTS,
  /** Rows of the output for tokens. */
  TAGS,
  /** Twice the hidden size: two tokens. */
  TWO_H,
  /** One. */
  ONE;

  long in(EncoderConfig config, HeadDescription head) {
    return switch (this) {
      case V -> config.vocabSize();
      case P -> config.maxPositionEmbeddings();
      case T -> config.typeVocabSize();
      case E -> config.embeddingSize();
      case H -> config.hiddenSize();
      case I -> config.intermediateSize();
      case OUTPUTS -> head.outputs();
      case TAGS -> head.kind().hasTags() ? head.tags().size() : head.outputs();
      case TWO_H -> 2L * config.hiddenSize();
      case ONE -> 1;
    };
  }
}
