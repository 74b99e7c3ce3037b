package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import java.util.Arrays;
import java.util.List;

/**
 * The variables of a model outside its blocks, under the names by which the suite knows them. Those
 * of encoder, pooler and pretraining are Google's ({@code modeling.py} and {@code
 * run_pretraining.py} of google-research/albert and google-research/bert, which agree in them), and
 * so are {@code output_weights} ({@code run_classifier.py}), {@code cls/squad} ({@code
 * run_squad.py}) and those of ALBERT's head for SQuAD 2.0 ({@code squad_utils.py}), which Hugging
 * Face's code does not have.
 *
 * <p>Differs from the published code: it has neither token classification nor sentence scoring; the
 * names with {@code cls/token} are made to match {@code cls/squad}.
 *
 * <table>
 * <caption>Heads</caption>
 * <tr><th>head</th><th>variables</th><th>shapes</th></tr>
 * <tr><td>masked LM</td><td>cls/predictions/transform/dense/{kernel,bias},
 *     cls/predictions/transform/LayerNorm/{gamma,beta}, cls/predictions/output_bias</td>
 *     <td>[H, E], [E], [E], [E], [V]</td></tr>
 * <tr><td>sentence order, next sentence</td><td>cls/seq_relationship/output_{weights,bias}</td>
 *     <td>[2, H], [2]</td></tr>
 * <tr><td>classification</td><td>output_{weights,bias}</td><td>[labels, H], [labels]</td></tr>
 * <tr><td>regression, multiple choice</td><td>output_{weights,bias}</td><td>[1, H], [1]</td></tr>
 * <tr><td>question answering</td><td>cls/squad/output_{weights,bias}</td><td>[2, H], [2]</td></tr>
 * <tr><td>conditional span</td><td>start_logits/dense/{kernel,bias},
 *     end_logits/dense_0/{kernel,bias}, end_logits/LayerNorm/{gamma,beta},
 *     end_logits/dense_1/{kernel,bias}, answer_class/dense_0/{kernel,bias},
 *     answer_class/dense_1/kernel</td>
 *     <td>[H, 1], [1], [2H, H], [H], [H], [H], [H, 1], [1], [2H, H], [H], [H, 1]</td></tr>
 * <tr><td>token classification</td><td>cls/token/output_{weights,bias}</td>
 *     <td>[labels, H], [labels]</td></tr>
 * <tr><td>sentence scoring</td><td>cls/token/output_{weights,bias}</td><td>[1, H], [1]</td></tr>
 * </table>
 */
public enum ModelVariable {
  /** Word embeddings, also the masked-LM decoder. */
  WORD_EMBEDDINGS(
      Part.EMBEDDINGS,
      "bert/embeddings/word_embeddings",
      "embeddings.word_embeddings.weight",
      Width.V,
      Width.E),
  /** Position embeddings. */
  POSITION_EMBEDDINGS(
      Part.EMBEDDINGS,
      "bert/embeddings/position_embeddings",
      "embeddings.position_embeddings.weight",
      Width.P,
      Width.E),
  /** Token-type embeddings. */
  TOKEN_TYPE_EMBEDDINGS(
      Part.EMBEDDINGS,
      "bert/embeddings/token_type_embeddings",
      "embeddings.token_type_embeddings.weight",
      Width.T,
      Width.E),
  /** Scale of the embeddings' layer norm. */
  EMBEDDINGS_GAMMA(
      Part.EMBEDDINGS, "bert/embeddings/LayerNorm/gamma", "embeddings.LayerNorm.weight", Width.E),
  /** Offset of the embeddings' layer norm. */
  EMBEDDINGS_BETA(
      Part.EMBEDDINGS, "bert/embeddings/LayerNorm/beta", "embeddings.LayerNorm.bias", Width.E),
  /** Projection of the embeddings from E to H. */
  PROJECTION_KERNEL(
      Part.PROJECTION,
      "bert/encoder/embedding_hidden_mapping_in/kernel",
      "encoder.embedding_hidden_mapping_in.weight",
      Width.E,
      Width.H),
  /** Its bias. */
  PROJECTION_BIAS(
      Part.PROJECTION,
      "bert/encoder/embedding_hidden_mapping_in/bias",
      "encoder.embedding_hidden_mapping_in.bias",
      Width.H),
  /** Dense layer of the pooler. */
  POOLER_KERNEL(
      Part.POOLER,
      "bert/pooler/dense/kernel",
      "pooler.weight",
      "pooler.dense.weight",
      Width.H,
      Width.H),
  /** Its bias. */
  POOLER_BIAS(Part.POOLER, "bert/pooler/dense/bias", "pooler.bias", "pooler.dense.bias", Width.H),
  /** Dense layer of the masked-LM transform. */
  TRANSFORM_KERNEL(
      Part.MASKED_LM,
      "cls/predictions/transform/dense/kernel",
      "predictions.dense.weight",
      "cls.predictions.transform.dense.weight",
      Width.H,
      Width.E),
  /** Its bias. */
  TRANSFORM_BIAS(
      Part.MASKED_LM,
      "cls/predictions/transform/dense/bias",
      "predictions.dense.bias",
      "cls.predictions.transform.dense.bias",
      Width.E),
  /** Scale of the masked-LM transform's layer norm. */
  TRANSFORM_GAMMA(
      Part.MASKED_LM,
      "cls/predictions/transform/LayerNorm/gamma",
      "predictions.LayerNorm.weight",
      "cls.predictions.transform.LayerNorm.weight",
      Width.E),
  /** Offset of the masked-LM transform's layer norm. */
  TRANSFORM_BETA(
      Part.MASKED_LM,
      "cls/predictions/transform/LayerNorm/beta",
      "predictions.LayerNorm.bias",
      "cls.predictions.transform.LayerNorm.bias",
      Width.E),
  /** Bias of the masked-LM decoder. */
  DECODER_BIAS(
      Part.MASKED_LM,
      "cls/predictions/output_bias",
      "predictions.bias",
      "cls.predictions.bias",
      Width.V),
  /** Output of the relationship of two segments. */
  SENTENCE_WEIGHTS(
      Part.SENTENCE,
      "cls/seq_relationship/output_weights",
      "sop_classifier.classifier.weight",
      "cls.seq_relationship.weight",
      Width.OUTPUTS,
      Width.H),
  /** Its bias. */
  SENTENCE_BIAS(
      Part.SENTENCE,
      "cls/seq_relationship/output_bias",
      "sop_classifier.classifier.bias",
      "cls.seq_relationship.bias",
      Width.OUTPUTS),
  /** Output of classification, regression and multiple choice. */
  CLASSIFIER_WEIGHTS(
      Part.CLASSIFIER, "output_weights", "classifier.weight", Width.OUTPUTS, Width.H),
  /** Its bias. */
  CLASSIFIER_BIAS(Part.CLASSIFIER, "output_bias", "classifier.bias", Width.OUTPUTS),
  /** Output of question answering: start, end. */
  SPAN_WEIGHTS(Part.SPAN, "cls/squad/output_weights", "qa_outputs.weight", Width.OUTPUTS, Width.H),
  /** Its bias. */
  SPAN_BIAS(Part.SPAN, "cls/squad/output_bias", "qa_outputs.bias", Width.OUTPUTS),
  /** Start of an answer, ALBERT's head for SQuAD 2.0. */
  START_KERNEL(
      Part.CONDITIONAL_SPAN,
      "start_logits/dense/kernel",
      "start_logits/dense/kernel",
      Width.H,
      Width.ONE),
  /** Its bias. */
  START_BIAS(
      Part.CONDITIONAL_SPAN, "start_logits/dense/bias", "start_logits/dense/bias", Width.ONE),
  /** End of an answer: from a token and the start. */
  END_INNER_KERNEL(
      Part.CONDITIONAL_SPAN,
      "end_logits/dense_0/kernel",
      "end_logits/dense_0/kernel",
      Width.TWO_H,
      Width.H),
  /** Its bias. */
  END_INNER_BIAS(
      Part.CONDITIONAL_SPAN, "end_logits/dense_0/bias", "end_logits/dense_0/bias", Width.H),
  /** Scale of its layer norm. */
  END_GAMMA(
      Part.CONDITIONAL_SPAN, "end_logits/LayerNorm/gamma", "end_logits/LayerNorm/gamma", Width.H),
  /** Offset of its layer norm. */
  END_BETA(
      Part.CONDITIONAL_SPAN, "end_logits/LayerNorm/beta", "end_logits/LayerNorm/beta", Width.H),
  /** End of an answer: its score. */
  END_KERNEL(
      Part.CONDITIONAL_SPAN,
      "end_logits/dense_1/kernel",
      "end_logits/dense_1/kernel",
      Width.H,
      Width.ONE),
  /** Its bias. */
  END_BIAS(Part.CONDITIONAL_SPAN, "end_logits/dense_1/bias", "end_logits/dense_1/bias", Width.ONE),
  /** Answerability: from the expected start and [CLS]. */
  ANSWER_INNER_KERNEL(
      Part.CONDITIONAL_SPAN,
      "answer_class/dense_0/kernel",
      "answer_class/dense_0/kernel",
      Width.TWO_H,
      Width.H),
  /** Its bias. */
  ANSWER_INNER_BIAS(
      Part.CONDITIONAL_SPAN, "answer_class/dense_0/bias", "answer_class/dense_0/bias", Width.H),
  /** Answerability: its score. */
  ANSWER_KERNEL(
      Part.CONDITIONAL_SPAN,
      "answer_class/dense_1/kernel",
      "answer_class/dense_1/kernel",
      Width.H,
      Width.ONE),
  /** Output of token classification and sentence scoring. */
  TOKEN_WEIGHTS(
      Part.TOKEN, "cls/token/output_weights", "classifier.weight", Width.OUTPUTS, Width.H),
  /** Its bias. */
  TOKEN_BIAS(Part.TOKEN, "cls/token/output_bias", "classifier.bias", Width.OUTPUTS);

  /** What a variable belongs to. */
  public enum Part {
    /** Word, position and type tables with their layer norm. */
    EMBEDDINGS,
    /** From E to H. */
    PROJECTION,
    /** Dense layer on the first token. */
    POOLER,
    /** Transform and bias of the masked LM; the decoder is the word embeddings. */
    MASKED_LM,
    /** Two classes for a pair of segments. */
    SENTENCE,
    /** Classification, regression and multiple choice. */
    CLASSIFIER,
    /** Question answering. */
    SPAN,
    /** Question answering with an end that depends on the start. */
    CONDITIONAL_SPAN,
    /** Token classification and sentence scoring. */
    TOKEN;

    /** Its variables. */
    public List<ModelVariable> variables() {
      return Arrays.stream(ModelVariable.values()).filter(v -> v.part == this).toList();
    }

    /** Whether Hugging Face has it inside the encoder, whose names have the model type before. */
    boolean inEncoder() {
      return this == EMBEDDINGS || this == PROJECTION || this == POOLER;
    }
  }

  private final Part part;
  private final String variableName;
  private final String albertName;
  private final String bertName;
  private final List<Width> widths;

  ModelVariable(Part part, String variableName, String huggingFaceName, Width... widths) {
    this(part, variableName, huggingFaceName, huggingFaceName, widths);
  }

  ModelVariable(
      Part part, String variableName, String albertName, String bertName, Width... widths) {
    this.part = part;
    this.variableName = variableName;
    this.albertName = albertName;
    this.bertName = bertName;
    this.widths = List.of(widths);
  }

  /** The name by which the suite knows it. */
  public String variableName() {
    return variableName;
  }

  /** What it belongs to. */
  public Part part() {
    return part;
  }

  /** Its shape, float32. */
  public long[] shape(EncoderConfig config, HeadDescription head) {
    return widths.stream().mapToLong(width -> width.in(config, head)).toArray();
  }

  /** Hugging Face's name, without the encoder's prefix. */
  String huggingFaceName(ModelType type) {
    return type == ModelType.ALBERT ? albertName : bertName;
  }

  /** Whether PyTorch holds it as [out, in]: the kernels of dense layers. */
  boolean isTransposed() {
    return variableName.endsWith("/kernel");
  }
}
