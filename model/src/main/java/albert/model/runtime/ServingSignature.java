package albert.model.runtime;

import albert.model.config.ConfigException;
import albert.model.config.ModelType;
import albert.model.head.AlbertSpanHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.RegressionHead;
import albert.model.head.SentenceHead;
import albert.model.head.SentencePairHead;
import albert.model.head.SentencePairHead.Objective;
import albert.model.head.SpanHead;
import albert.model.head.TokenClassificationHead;
import albert.model.io.LoadedModel;
import albert.model.layer.EncoderInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a SavedModel offers to whoever serves it.
 *
 * @param name of the signature
 * @param inputs names of int32 [batch, ·] placeholders
 * @param outputs shapes by name, -1 for what follows from the input; the names are the graph's
 *     {@link Outputs}
 */
record ServingSignature(String name, List<String> inputs, Map<String, List<Long>> outputs) {
  private static final String METHOD = "tensorflow/serving/predict";
  private static final long ANY = -1;

  /** The signatures of a model. */
  static List<ServingSignature> of(LoadedModel model) {
    long hidden = model.config().hiddenSize();
    Map<String, List<Long>> outputs = new LinkedHashMap<>();
    outputs.put(Outputs.SEQUENCE, List.of(ANY, ANY, hidden));
    if (model.hasPooler()) {
      outputs.put(Outputs.POOLED, List.of(ANY, hidden));
    }
    outputs.putAll(headOutputs(model));
    List<String> inputs =
        List.of(
            EncoderInputs.INPUT_IDS, EncoderInputs.ATTENTION_MASK, EncoderInputs.TOKEN_TYPE_IDS);
    List<ServingSignature> signatures =
        new ArrayList<>(List.of(new ServingSignature(SavedModels.SIGNATURE, inputs, outputs)));
    if (heads(model).contains(new MaskedLmHead())) {
      List<String> withPositions = new ArrayList<>(inputs);
      withPositions.add(MaskedLmHead.POSITIONS);
      long words = model.config().vocabSize();
      signatures.add(
          new ServingSignature(
              SavedModels.MASKED_LM,
              withPositions,
              Map.of(MaskedLmHead.LOGITS, List.of(ANY, words))));
    }
    return signatures;
  }

  /** The heads of a model; a choice is scored for each sequence by itself. */
  static List<Head> heads(LoadedModel model) {
    return switch (model.head().kind()) {
      case NONE -> List.of();
      case MASKED_LM -> List.of(new MaskedLmHead());
      case PRETRAINING -> List.of(new MaskedLmHead(), new SentencePairHead(objective(model)));
      case NEXT_SENTENCE -> List.of(new SentencePairHead(objective(model)));
      case CLASSIFICATION -> List.of(new ClassificationHead(model.head().outputs()));
      case MULTI_LABEL_CLASSIFICATION -> throw unsupported();
      case REGRESSION, MULTIPLE_CHOICE -> List.of(new RegressionHead());
      case QUESTION_ANSWERING -> List.of(new SpanHead());
      case CONDITIONAL_SPAN -> List.of(new AlbertSpanHead());
      case TOKEN_CLASSIFICATION -> List.of(new TokenClassificationHead(model.head().outputs()));
      case SENTENCE_SCORING -> List.of(new SentenceHead());
    };
  }

  private static ConfigException unsupported() {
    return new ConfigException(
        "problem_type",
        "problem_type is multi_label_classification, which a SavedModel can't be written of; allowed"
            + " is single_label_classification or regression");
  }

  private static Map<String, List<Long>> headOutputs(LoadedModel model) {
    long labels = model.head().outputs();
    String pair = objective(model).name().toLowerCase(Locale.ROOT);
    return switch (model.head().kind()) {
      case NONE, MASKED_LM -> Map.of();
      case PRETRAINING, NEXT_SENTENCE -> Map.of(pair + "_logits", List.of(ANY, 2L));
      case CLASSIFICATION ->
          Map.of(
              ClassificationHead.LOGITS, List.of(ANY, labels),
              ClassificationHead.PROBABILITIES, List.of(ANY, labels));
      case MULTI_LABEL_CLASSIFICATION -> throw unsupported();
      case REGRESSION, MULTIPLE_CHOICE -> Map.of(RegressionHead.PREDICTIONS, List.of(ANY));
      case QUESTION_ANSWERING ->
          Map.of(
              SpanHead.START_LOGITS, List.of(ANY, ANY),
              SpanHead.END_LOGITS, List.of(ANY, ANY));
      case CONDITIONAL_SPAN ->
          Map.of(
              AlbertSpanHead.START_LOG_PROBS, List.of(ANY, ANY),
              AlbertSpanHead.START_INDEX, List.of(ANY, ANY),
              AlbertSpanHead.END_LOG_PROBS, List.of(ANY, ANY, ANY),
              AlbertSpanHead.END_INDEX, List.of(ANY, ANY, ANY),
              AlbertSpanHead.NO_ANSWER_LOGITS, List.of(ANY));
      case TOKEN_CLASSIFICATION ->
          Map.of(TokenClassificationHead.LOGITS, List.of(ANY, ANY, labels));
      case SENTENCE_SCORING -> Map.of(SentenceHead.LOGITS, List.of(ANY, ANY));
    };
  }

  private static Objective objective(LoadedModel model) {
    return model.config().modelType() == ModelType.ALBERT
        ? Objective.SENTENCE_ORDER
        : Objective.NEXT_SENTENCE;
  }

  SignatureDef definition() {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
    inputs.forEach(
        input ->
            signature.putInputs(input, tensor(input + ":0", DataType.DT_INT32, List.of(ANY, ANY))));
    outputs.forEach(
        (output, shape) ->
            signature.putOutputs(output, tensor(Outputs.tensor(output), DataType.DT_FLOAT, shape)));
    return signature.build();
  }

  private static TensorInfo tensor(String name, DataType type, List<Long> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    shape.forEach(size -> dimensions.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return TensorInfo.newBuilder().setName(name).setDtype(type).setTensorShape(dimensions).build();
  }
}
