package albert.experiments.task.choice;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.task.Task;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.Head;
import albert.model.head.MultipleChoiceHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.List;
import java.util.Map;

/**
 * The head of a task of multiple choice. A prediction is float32 [choices]: the score of each.
 * Weights are the same whatever the number of choices, which only the loss asks for.
 *
 * @param choices of every question that is trained on
 */
record ChoiceHead(int choices) implements TaskHead<ChoiceQuestion, ChoiceSequences, float[]> {
  /** Of a model that is not trained: any number. */
  static final ChoiceHead UNTRAINED = new ChoiceHead(2);

  @Override
  public Head build(List<Double> classWeights) {
    return new MultipleChoiceHead(choices);
  }

  @Override
  public HeadDescription description() {
    return HeadDescription.of(HeadKind.MULTIPLE_CHOICE);
  }

  @Override
  public List<String> outputs() {
    return List.of(MultipleChoiceHead.SCORES);
  }

  /** Every sequence of a question is labelled with the right choice; the first one's is taken. */
  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    int[] ofSequences = batch.classLabels();
    int[] ofQuestions = new int[ofSequences.length / choices];
    for (int i = 0; i < ofQuestions.length; i++) {
      ofQuestions[i] = ofSequences[i * choices];
    }
    return Map.of(MultipleChoiceHead.LABELS, IntTensor.of(ofQuestions, ofQuestions.length));
  }

  @Override
  public Decoder<float[]> decoder(ChoiceSequences sequences) {
    return new ChoiceDecoder(sequences);
  }

  @Override
  public Object result(ChoiceQuestion question, float[] scores) {
    return ChoiceLine.of(question, scores);
  }

  @Override
  public Predictions predictions(
      Task<ChoiceQuestion> task, List<ChoiceQuestion> questions, List<float[]> predicted) {
    return new ChoicePredictions(task, questions, predicted);
  }
}
