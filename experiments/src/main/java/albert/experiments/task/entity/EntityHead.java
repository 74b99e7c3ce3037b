package albert.experiments.task.entity;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.entity.TaggedSentence;
import albert.datasets.task.Task;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.Head;
import albert.model.head.TokenClassificationHead;
import albert.model.io.HeadDescription;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.List;
import java.util.Map;

/**
 * The head of a task that tags words. A prediction is the tags of a sentence.
 *
 * @param description with the tags in the order of the logits
 */
record EntityHead(HeadDescription description)
    implements TaskHead<TaggedSentence, EntitySequences, List<String>> {

  @Override
  public Head build(List<Double> classWeights) {
    return new TokenClassificationHead(description.labels().size());
  }

  @Override
  public List<String> outputs() {
    return List.of(TokenClassificationHead.LOGITS);
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    return Map.of(
        TokenClassificationHead.LABELS,
        IntTensor.of(
            batch.pieceLabels(SentenceEncoder.NONE), batch.size(), batch.sequenceLength()));
  }

  @Override
  public Decoder<List<String>> decoder(EntitySequences sequences) {
    return new EntityDecoder(description.labels(), sequences);
  }

  @Override
  public Object result(TaggedSentence sentence, List<String> tags) {
    return EntityLine.of(sentence, tags);
  }

  @Override
  public Predictions predictions(
      Task<TaggedSentence> task, List<TaggedSentence> sentences, List<List<String>> predicted) {
    return new EntityPredictions(task, description.labels(), sentences, predicted);
  }
}
