package albert.experiments.task.summary;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryEncoder;
import albert.datasets.task.Task;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.Head;
import albert.model.head.SentenceHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.List;
import java.util.Map;

/**
 * The head of a task that scores sentences. A prediction is the extract of a document.
 *
 * @param keys how many sentences are taken, and which not
 */
record SummaryHead(SummaryConfig keys)
    implements TaskHead<SummaryDocument, SummarySequences, Extract> {

  @Override
  public Head build(List<Double> classWeights) {
    return new SentenceHead();
  }

  @Override
  public HeadDescription description() {
    return HeadDescription.of(HeadKind.SENTENCE_SCORING);
  }

  @Override
  public List<String> outputs() {
    return List.of(SentenceHead.LOGITS);
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    return Map.of(
        SentenceHead.LABELS,
        IntTensor.of(batch.pieceLabels(SummaryEncoder.NONE), batch.size(), batch.sequenceLength()));
  }

  @Override
  public Decoder<Extract> decoder(SummarySequences sequences) {
    return new SummaryDecoder(keys, sequences);
  }

  @Override
  public Object result(SummaryDocument document, Extract extract) {
    return SummaryLine.of(document, extract);
  }

  @Override
  public Predictions predictions(
      Task<SummaryDocument> task, List<SummaryDocument> documents, List<Extract> predicted) {
    return new SummaryPredictions(task, documents, predicted);
  }
}
