package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.squad.SpanOutput;
import albert.datasets.squad.SpanTraining;
import albert.experiments.ModelInputs;
import albert.experiments.config.SpanConfig;
import albert.experiments.config.SpanHeadKind;
import albert.model.head.AlbertSpanHead;
import albert.model.head.Head;
import albert.model.head.SpanHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of a task whose answers are spans of a text.
 *
 * @param kind which of the two
 * @param startNTop starts that ALBERT's follows
 * @param endNTop ends of each
 */
record SpanTaskHead(SpanHeadKind kind, int startNTop, int endNTop) implements TaskHead {

  static SpanTaskHead of(SpanConfig config) {
    return new SpanTaskHead(config.spanHead(), config.startNTop(), config.endNTop());
  }

  /** The one that weights are of, if they are of such a one. */
  static Optional<SpanHeadKind> of(HeadDescription head) {
    return switch (head.kind()) {
      case QUESTION_ANSWERING -> Optional.of(SpanHeadKind.BERT);
      case CONDITIONAL_SPAN -> Optional.of(SpanHeadKind.ALBERT);
      case NONE,
          PRETRAINING,
          MASKED_LM,
          NEXT_SENTENCE,
          CLASSIFICATION,
          REGRESSION,
          TOKEN_CLASSIFICATION,
          MULTI_LABEL_CLASSIFICATION,
          MULTIPLE_CHOICE ->
          Optional.empty();
    };
  }

  @Override
  public Head build(List<Double> classWeights) {
    return switch (kind) {
      case ALBERT -> new AlbertSpanHead(startNTop, endNTop);
      case BERT -> new SpanHead();
    };
  }

  @Override
  public HeadDescription description() {
    return HeadDescription.of(
        switch (kind) {
          case ALBERT -> HeadKind.CONDITIONAL_SPAN;
          case BERT -> HeadKind.QUESTION_ANSWERING;
        });
  }

  @Override
  public List<String> outputs() {
    return switch (kind) {
      case ALBERT ->
          List.of(
              AlbertSpanHead.START_LOG_PROBS,
              AlbertSpanHead.START_INDEX,
              AlbertSpanHead.END_LOG_PROBS,
              AlbertSpanHead.END_INDEX,
              AlbertSpanHead.NO_ANSWER_LOGITS);
      case BERT -> List.of(SpanHead.START_LOGITS, SpanHead.END_LOGITS);
    };
  }

  /** A batch with the places of its answers. */
  Map<String, HostTensor> labelled(EncodedBatch batch, SpanTraining training) {
    Map<String, HostTensor> feed = new TreeMap<>(ModelInputs.of(batch));
    long size = batch.size();
    feed.put(SpanHead.START_POSITIONS, IntTensor.of(training.startPositions(batch), size));
    feed.put(SpanHead.END_POSITIONS, IntTensor.of(training.endPositions(batch), size));
    if (kind == SpanHeadKind.ALBERT) {
      feed.put(AlbertSpanHead.IS_IMPOSSIBLE, FloatTensor.of(training.impossible(batch), size));
    }
    return feed;
  }

  /** What is said of each window of a batch, written to the window's place. */
  void read(EncodedBatch batch, Map<String, FloatTensor> outputs, SpanOutput[] windows) {
    for (int i = 0; i < batch.size(); i++) {
      windows[batch.rows()[i]] =
          switch (kind) {
            case ALBERT ->
                new SpanOutput.Beam(
                    row(outputs, AlbertSpanHead.START_LOG_PROBS, batch, i),
                    places(row(outputs, AlbertSpanHead.START_INDEX, batch, i)),
                    row(outputs, AlbertSpanHead.END_LOG_PROBS, batch, i),
                    places(row(outputs, AlbertSpanHead.END_INDEX, batch, i)),
                    row(outputs, AlbertSpanHead.NO_ANSWER_LOGITS, batch, i)[0]);
            case BERT ->
                new SpanOutput.Logits(
                    row(outputs, SpanHead.START_LOGITS, batch, i),
                    row(outputs, SpanHead.END_LOGITS, batch, i));
          };
    }
  }

  private static float[] row(
      Map<String, FloatTensor> outputs, String name, EncodedBatch batch, int row) {
    float[] all = Objects.requireNonNull(outputs.get(name)).values();
    int width = all.length / batch.size();
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  private static int[] places(float[] values) {
    int[] places = new int[values.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) values[i];
    }
    return places;
  }
}
