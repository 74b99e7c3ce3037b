package albert.experiments.task.span;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.span.AnswerSelection;
import albert.datasets.span.SpanExample;
import albert.datasets.span.SpanOutput;
import albert.datasets.span.SpanPrediction;
import albert.datasets.span.SquadTask;
import albert.datasets.task.Task;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
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
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The head of a task whose answers are spans of a text.
 *
 * @param config which of the two, and how answers are chosen
 * @param mayBeUnanswerable whether no answer may be given
 */
record SpanTaskHead(SpanConfig config, boolean mayBeUnanswerable)
    implements TaskHead<SpanExample, SpanSequences, SpanPrediction> {

  @Override
  public Head build(List<Double> classWeights) {
    return switch (config.spanHead()) {
      case ALBERT -> new AlbertSpanHead(config.startNTop(), config.endNTop());
      case BERT -> new SpanHead();
    };
  }

  @Override
  public HeadDescription description() {
    return HeadDescription.of(
        switch (config.spanHead()) {
          case ALBERT -> HeadKind.CONDITIONAL_SPAN;
          case BERT -> HeadKind.QUESTION_ANSWERING;
        });
  }

  @Override
  public List<String> outputs() {
    return switch (config.spanHead()) {
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

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    int size = batch.size();
    int[] starts = new int[size];
    int[] ends = new int[size];
    float[] impossible = new float[size];
    for (int i = 0; i < size; i++) {
      starts[i] = (int) batch.labels()[i][0];
      ends[i] = (int) batch.labels()[i][1];
      impossible[i] = starts[i] > 0 ? 0 : 1;
    }
    Map<String, HostTensor> labels = new TreeMap<>();
    labels.put(SpanHead.START_POSITIONS, IntTensor.of(starts, size));
    labels.put(SpanHead.END_POSITIONS, IntTensor.of(ends, size));
    if (config.spanHead() == SpanHeadKind.ALBERT) {
      labels.put(AlbertSpanHead.IS_IMPOSSIBLE, FloatTensor.of(impossible, size));
    }
    return labels;
  }

  @Override
  public Decoder<SpanPrediction> decoder(SpanSequences sequences) {
    SpanOutput[] outputs = new SpanOutput[sequences.windows().windows().size()];
    return new Decoder<>() {
      @Override
      public void read(EncodedBatch batch, Map<String, FloatTensor> values) {
        SpanTaskHead.this.read(batch, values, outputs);
      }

      @Override
      public int finite() {
        return IntStream.range(0, outputs.length)
            .filter(row -> !outputs[row].isFinite())
            .map(sequences::example)
            .min()
            .orElse(sequences.questions().size());
      }

      @Override
      public List<SpanPrediction> predictions(int examples) {
        return new AnswerSelection(config.nBestSize(), config.maxAnswerLength(), mayBeUnanswerable)
            .select(
                sequences.questions().subList(0, examples),
                sequences.windows(),
                Arrays.asList(outputs));
      }
    };
  }

  /** What is said of each window of a batch, written to the window's place. */
  private void read(EncodedBatch batch, Map<String, FloatTensor> outputs, SpanOutput[] windows) {
    for (int i = 0; i < batch.size(); i++) {
      windows[batch.rows()[i]] =
          switch (config.spanHead()) {
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

  @Override
  public Object result(SpanExample question, SpanPrediction prediction) {
    return SpanResult.of(
        question.context(),
        prediction,
        mayBeUnanswerable ? config.nullScoreDiffThreshold() : Double.POSITIVE_INFINITY);
  }

  @Override
  public Predictions predictions(
      Task<SpanExample> task, List<SpanExample> questions, List<SpanPrediction> answers) {
    return new SpanPredictions(
        (SquadTask) task, questions, answers, config.nullScoreDiffThreshold());
  }
}
