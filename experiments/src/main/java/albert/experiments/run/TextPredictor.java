package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.datasets.text.Tokenizers;
import albert.experiments.InputException;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.RegressionHead;
import albert.model.io.HeadKind;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A fine-tuned model that says of texts, or pairs, what it has learnt to. */
public final class TextPredictor implements AutoCloseable {

  private static final int BATCH_SIZE = 32;

  private final TaskKind kind;
  private final List<String> labels;
  private final Tokenizer tokenizer;
  private final SequenceEncoder encoder;
  private final FrozenModel model;

  /**
   * Opens a model with a head for sequences.
   *
   * @throws InputException if it has another head or no tokenizer
   */
  public TextPredictor(PretrainedModel checkpoint, RuntimeOptions options) {
    HeadKind head = checkpoint.model().head().kind();
    if (head != HeadKind.CLASSIFICATION && head != HeadKind.REGRESSION) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "model %s has the head %s, needed is one of classification or regression, as"
                  + " finetune leaves it",
              checkpoint.name(),
              head.name().toLowerCase(Locale.ROOT)));
    }
    kind = head == HeadKind.CLASSIFICATION ? TaskKind.CLASSIFICATION : TaskKind.REGRESSION;
    labels = checkpoint.model().head().labels();
    EncoderConfig config = checkpoint.model().config();
    tokenizer = Tokenizers.open(checkpoint.requireTokenizer());
    encoder = new SequenceEncoder(tokenizer, config.maxPositionEmbeddings());
    Head built =
        kind == TaskKind.CLASSIFICATION
            ? new ClassificationHead(labels.size())
            : new RegressionHead();
    model = FrozenModel.of(config, List.of(built), checkpoint.model().weights(), options);
  }

  /**
   * Predicts, in the order of the texts: {@code label} and {@code probabilities} by label of a
   * classification, {@code score} of a regression.
   *
   * @throws StoppedException if asked to stop
   */
  public List<Map<String, Object>> predict(List<TextExample> texts, StopSignal stop) {
    List<EncodedExample> encoded = encoder.encodeAll(texts);
    Batcher batcher = new Batcher(encoded, BATCH_SIZE, tokenizer.specialTokens().pad(), 1);
    Evaluation evaluation = Evaluation.of(model::predict, batcher, kind, texts.size(), stop);
    double[] predictions = evaluation.predictions(kind);
    List<Map<String, Object>> results = new ArrayList<>();
    for (int row = 0; row < predictions.length; row++) {
      results.add(result(predictions[row], evaluation.values()[row]));
    }
    return results;
  }

  private Map<String, Object> result(double prediction, float[] values) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (kind == TaskKind.REGRESSION) {
      result.put("score", prediction);
      return result;
    }
    result.put("label", labels.get((int) prediction));
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      probabilities.put(labels.get(i), values[i]);
    }
    result.put("probabilities", probabilities);
    return result;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
