package albert.model.io;

import albert.model.io.ModelVariable.Part;
import java.util.List;

/** What stands on an encoder, as far as weight files can say it. */
public enum HeadKind {
  /** The encoder alone, with or without its pooler. */
  NONE("Model"),
  /** Masked LM and the relationship of two segments (sentence order or next sentence). */
  PRETRAINING("ForPreTraining", Part.MASKED_LM, Part.SENTENCE),
  /** Masked LM alone. */
  MASKED_LM("ForMaskedLM", Part.MASKED_LM),
  /** The relationship of two segments alone. */
  NEXT_SENTENCE("ForNextSentencePrediction", Part.SENTENCE),
  /** A class for a sequence, from the pooled output. */
  CLASSIFICATION("ForSequenceClassification", Part.CLASSIFIER),
  /** Any number of classes for a sequence, each with a probability of its own. */
  MULTI_LABEL_CLASSIFICATION("ForSequenceClassification", Part.CLASSIFIER),
  /** A number for a sequence, from the pooled output. */
  REGRESSION("ForSequenceClassification", Part.CLASSIFIER),
  /** Start and end of a span, from the sequence output. */
  QUESTION_ANSWERING("ForQuestionAnswering", Part.SPAN),
  /**
   * Start, end given the start, and whether there is an answer, as ALBERT's for SQuAD 2.0; Hugging
   * Face's code has no such head.
   */
  CONDITIONAL_SPAN("ForQuestionAnswering", Part.CONDITIONAL_SPAN),
  /** A class for each token, from the sequence output. */
  TOKEN_CLASSIFICATION("ForTokenClassification", Part.TOKEN),
  /**
   * A score for each sentence, from the sequence output at its first token; Hugging Face's code has
   * no such head.
   */
  SENTENCE_SCORING("ForTokenClassification", Part.TOKEN),
  /** A score for each of several sequences, from the pooled output. */
  MULTIPLE_CHOICE("ForMultipleChoice", Part.CLASSIFIER);

  private final String architectureSuffix;
  private final List<Part> parts;

  HeadKind(String architectureSuffix, Part... parts) {
    this.architectureSuffix = architectureSuffix;
    this.parts = List.of(parts);
  }

  /** The parts of the model that are this head. */
  public List<Part> parts() {
    return parts;
  }

  /** Whether its outputs are classes, which have names. */
  public boolean hasClasses() {
    return this == CLASSIFICATION
        || this == MULTI_LABEL_CLASSIFICATION
        || this == TOKEN_CLASSIFICATION;
  }

  /** Whether it computes from the pooled output. */
  public boolean needsPooler() {
    return parts.contains(Part.CLASSIFIER) || parts.contains(Part.SENTENCE);
  }

  /** Hugging Face's class is the model type's name and this. */
  String architectureSuffix() {
    return architectureSuffix;
  }
}
