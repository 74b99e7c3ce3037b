package albert.experiments.task.intent;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.intent.IntentSentence;
import albert.datasets.task.Task;
import albert.experiments.task.entity.EntityLine;
import albert.experiments.task.entity.EntitySequences;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.JointHead;
import albert.model.head.TokenClassificationHead;
import albert.model.io.HeadDescription;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a task with intents and slots.
 *
 * @param description with the intents and the tags in the order of the logits
 * @param config the weights of the loss
 */
record JointTaskHead(HeadDescription description, JointConfig config)
    implements TaskHead<IntentSentence, EntitySequences, JointPrediction> {

  @Override
  public Head build(List<Double> classWeights) {
    return new JointHead(
        description.labels().size(),
        description.tags().size(),
        config.intentLossWeight(),
        config.slotLossWeight());
  }

  @Override
  public List<String> outputs() {
    return List.of(ClassificationHead.PROBABILITIES, TokenClassificationHead.LOGITS);
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    int width = batch.sequenceLength();
    int[] intents = new int[batch.size()];
    int[] tags = new int[batch.size() * width];
    Arrays.fill(tags, SentenceEncoder.NONE);
    for (int row = 0; row < batch.size(); row++) {
      double[] labels = batch.labels()[row];
      intents[row] = (int) labels[0];
      for (int piece = 1; piece < labels.length; piece++) {
        tags[row * width + piece - 1] = (int) labels[piece];
      }
    }
    return Map.of(
        ClassificationHead.LABELS, IntTensor.of(intents, batch.size()),
        TokenClassificationHead.LABELS, IntTensor.of(tags, batch.size(), width));
  }

  @Override
  public Decoder<JointPrediction> decoder(EntitySequences sequences) {
    return new JointDecoder(description, sequences);
  }

  @Override
  public Object result(IntentSentence example, JointPrediction prediction) {
    EntityLine line = EntityLine.of(example.sentence(), prediction.tags());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("label", description.labels().get(prediction.intent()));
    result.put(
        "probabilities", PredictionLines.numbers(description.labels(), prediction.probabilities()));
    result.put("words", line.words());
    result.put("tags", line.tags());
    result.put("slots", line.entities());
    return result;
  }

  @Override
  public Predictions predictions(
      Task<IntentSentence> task, List<IntentSentence> examples, List<JointPrediction> predicted) {
    return new JointPredictions(task, description.labels(), examples, predicted);
  }
}
