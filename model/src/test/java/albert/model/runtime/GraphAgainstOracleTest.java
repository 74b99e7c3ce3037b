package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import albert.model.config.ClassifierPooling;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.head.AlbertSpanHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.JointHead;
import albert.model.head.MaskedLmHead;
import albert.model.head.MultiLabelHead;
import albert.model.head.RegressionHead;
import albert.model.head.SentenceHead;
import albert.model.head.SentencePairHead;
import albert.model.head.SentencePairHead.Objective;
import albert.model.head.SpanHead;
import albert.model.head.TokenClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.oracle.Activation;
import albert.model.oracle.Oracle;
import albert.model.oracle.Target;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The graph against plain float64 loops, for what no published code computes: attention or the
 * feed-forward network shared alone, in groups, with inner blocks, in both families. The sets of
 * weights are written out here, so that the mapping is checked too.
 */
class GraphAgainstOracleTest {
  private static final int BATCH = 3;
  private static final int SEQUENCE = 5;
  private static final List<Integer> OWN = List.of(0, 1, 2, 3);
  private static final List<Integer> ONE = List.of(0, 0, 0, 0);
  private static final List<Integer> TWO = List.of(0, 0, 1, 1);

  /** Types where they matter; answers are in the second segment without its last token, or at 0. */
  private static final int[] SEGMENTS = {0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0};

  private static final int[] STARTS = {2, 0, 1};
  private static final int[] ENDS = {3, 0, 1};

  /** Logits of what can't be chosen are lower than this and would drown all others. */
  private static final float NEVER = -1e29f;

  /** Which heads are trained. */
  private enum Task {
    PRETRAINING,
    CLASSIFICATION,
    JOINT,
    MULTI_LABEL,
    REGRESSION,
    SPAN,
    BEAM_SPAN,
    SENTENCES
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(albert(ParameterSharing.ATTENTION, 1), ONE, OWN, Task.PRETRAINING),
        arguments(albert(ParameterSharing.ATTENTION, 2), TWO, OWN, Task.PRETRAINING),
        arguments(albert(ParameterSharing.FFN, 1), OWN, ONE, Task.PRETRAINING),
        arguments(albert(ParameterSharing.FFN, 2), OWN, TWO, Task.CLASSIFICATION),
        arguments(albert(ParameterSharing.ALL, 2), TWO, TWO, Task.REGRESSION),
        arguments(albert(ParameterSharing.NONE, 1), OWN, OWN, Task.CLASSIFICATION),
        arguments(albert(ParameterSharing.ALL, 2), TWO, TWO, Task.JOINT),
        arguments(
            twoLayers(bert(ParameterSharing.NONE, 1)), List.of(0, 1), List.of(0, 1), Task.JOINT),
        arguments(albert(ParameterSharing.NONE, 1), OWN, OWN, Task.MULTI_LABEL),
        arguments(
            twoLayers(bert(ParameterSharing.NONE, 1)),
            List.of(0, 1),
            List.of(0, 1),
            Task.MULTI_LABEL),
        arguments(meanPooled(albert(ParameterSharing.ALL, 1)), ONE, ONE, Task.CLASSIFICATION),
        arguments(meanPooled(albert(ParameterSharing.ALL, 2)), TWO, TWO, Task.JOINT),
        arguments(meanPooled(bert(ParameterSharing.NONE, 1)), OWN, OWN, Task.REGRESSION),
        arguments(albert(ParameterSharing.ALL, 1), ONE, ONE, Task.SPAN),
        arguments(
            twoLayers(bert(ParameterSharing.NONE, 1)), List.of(0, 1), List.of(0, 1), Task.SPAN),
        arguments(albert(ParameterSharing.ALL, 1), ONE, ONE, Task.BEAM_SPAN),
        arguments(albert(ParameterSharing.NONE, 1).layerNormEps(1e-3), OWN, OWN, Task.BEAM_SPAN),
        arguments(
            twoLayers(bert(ParameterSharing.NONE, 1)),
            List.of(0, 1),
            List.of(0, 1),
            Task.BEAM_SPAN),
        arguments(albert(ParameterSharing.ALL, 1), ONE, ONE, Task.SENTENCES),
        arguments(
            twoLayers(bert(ParameterSharing.NONE, 1)),
            List.of(0, 1),
            List.of(0, 1),
            Task.SENTENCES),
        arguments(
            twoLayers(albert(ParameterSharing.ATTENTION, 1)),
            List.of(0, 0),
            List.of(0, 1),
            Task.REGRESSION),
        arguments(
            albert(ParameterSharing.FFN, 2).hiddenAct(HiddenAct.GELU), OWN, TWO, Task.PRETRAINING),
        arguments(
            albert(ParameterSharing.FFN, 1).hiddenAct(HiddenAct.RELU),
            OWN,
            ONE,
            Task.CLASSIFICATION),
        arguments(
            albert(ParameterSharing.ATTENTION, 1).embeddingSize(12).layerNormEps(1e-3),
            ONE,
            OWN,
            Task.PRETRAINING),
        arguments(
            albert(ParameterSharing.ALL, 2).sharingPattern(SharingPattern.CYCLE),
            List.of(0, 1, 0, 1),
            List.of(0, 1, 0, 1),
            Task.PRETRAINING),
        arguments(
            albert(ParameterSharing.FFN, 2).sharingPattern(SharingPattern.CYCLE_REVERSED),
            OWN,
            List.of(0, 1, 1, 0),
            Task.CLASSIFICATION),
        arguments(
            bert(ParameterSharing.ALL, 2).sharingPattern(SharingPattern.CYCLE_REVERSED),
            List.of(0, 1, 1, 0),
            List.of(0, 1, 1, 0),
            Task.REGRESSION),
        arguments(bert(ParameterSharing.NONE, 1), OWN, OWN, Task.PRETRAINING),
        arguments(bert(ParameterSharing.ATTENTION, 2), TWO, OWN, Task.CLASSIFICATION),
        arguments(
            twoLayers(bert(ParameterSharing.FFN, 1)),
            List.of(0, 1),
            List.of(0, 0),
            Task.PRETRAINING));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAreThoseOfPlainLoops(
      EncoderConfig.Builder builder, List<Integer> attention, List<Integer> ffn, Task task) {
    EncoderConfig config = builder.build();
    Oracle.Sizes sizes = sizes(config, attention, ffn);
    Batch batch = Batch.of(task);
    try (TrainableModel model =
        TrainableModel.build(
            config, heads(task), OptimizerConfig.adamW(), RuntimeOptions.reproducible())) {
      SortedMap<String, FloatTensor> weights = random(model.shapes());
      model.initialize(1);
      model.assign(weights);
      Map<String, double[]> exact = doubles(weights);
      Map<String, FloatTensor> expected =
          floats(Oracle.run(sizes, exact, batch.inputs(), batch.targets()));
      Map<String, String> names = names(config, task);
      Map<String, FloatTensor> got = model.predict(batch.feed(), names.values());
      names.forEach(
          (theirs, ours) ->
              Golden.assertClose(
                  theirs, chosen(got.get(ours)), chosen(expected.get(theirs)), Golden.FORWARD, 0));

      Map<String, FloatTensor> derivatives =
          floats(Oracle.gradients(sizes, exact, batch.inputs(), batch.targets()));
      SortedMap<String, FloatTensor> gradients = model.gradients(batch.feed(), 0);
      assertThat(gradients.keySet()).isEqualTo(derivatives.keySet());
      gradients.forEach(
          (name, gradient) ->
              Golden.assertClose(
                  name,
                  gradient,
                  derivatives.get(name),
                  Golden.GRADIENT,
                  Golden.GRADIENT_ABSOLUTE + Golden.keyBiasNoise(name, derivatives)));
    }
  }

  private static FloatTensor chosen(@Nullable FloatTensor tensor) {
    float[] values = requireNonNull(tensor).values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] < NEVER ? 0 : values[i];
    }
    return FloatTensor.of(values, tensor.shape());
  }

  private static EncoderConfig.Builder albert(ParameterSharing sharing, int groups) {
    return EncoderConfig.builder()
        .vocabSize(23)
        .embeddingSize(8)
        .hiddenSize(12)
        .numHiddenLayers(4)
        .sharing(sharing)
        .groups(groups)
        .numAttentionHeads(3)
        .intermediateSize(14)
        .classifierDropoutProb(0)
        .maxPositionEmbeddings(8);
  }

  private static EncoderConfig.Builder bert(ParameterSharing sharing, int groups) {
    return albert(sharing, groups).modelType(ModelType.BERT).hiddenAct(HiddenAct.GELU);
  }

  private static EncoderConfig.Builder meanPooled(EncoderConfig.Builder builder) {
    return builder.classifierPooling(ClassifierPooling.MEAN);
  }

  /** With two blocks each; deeper models amplify float32's rounding beyond the tolerance. */
  private static EncoderConfig.Builder twoLayers(EncoderConfig.Builder builder) {
    return builder.numHiddenLayers(2).innerGroupNum(2);
  }

  private static Oracle.Sizes sizes(
      EncoderConfig config, List<Integer> attention, List<Integer> ffn) {
    return new Oracle.Sizes(
        config.vocabSize(),
        config.embeddingSize(),
        config.hiddenSize(),
        config.maxPositionEmbeddings(),
        config.typeVocabSize(),
        config.numAttentionHeads(),
        config.intermediateSize(),
        switch (config.hiddenAct()) {
          case GELU -> Activation.Kind.GELU_ERF;
          case GELU_NEW -> Activation.Kind.GELU_TANH;
          case RELU -> Activation.Kind.RELU;
        },
        config.layerNormEps(),
        attention,
        ffn,
        config.innerGroupNum(),
        config.embeddingSize() != config.hiddenSize(),
        config.modelType() == ModelType.BERT,
        config.classifierPooling() == ClassifierPooling.MEAN);
  }

  private static List<Head> heads(Task task) {
    return switch (task) {
      case PRETRAINING ->
          List.of(new MaskedLmHead(), new SentencePairHead(Objective.NEXT_SENTENCE));
      case CLASSIFICATION -> List.of(new ClassificationHead(3));
      case JOINT -> List.of(new JointHead(3, 4, 0.5, 3));
      case MULTI_LABEL -> List.of(new MultiLabelHead(3));
      case REGRESSION -> List.of(new RegressionHead());
      case SPAN -> List.of(new SpanHead());
      case BEAM_SPAN -> List.of(new AlbertSpanHead());
      case SENTENCES -> List.of(new SentenceHead());
    };
  }

  /** Our outputs by the oracle's. */
  private static Map<String, String> names(EncoderConfig config, Task task) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("embedding_output", Outputs.EMBEDDINGS);
    names.put("sequence_output", Outputs.SEQUENCE);
    if (task != Task.SPAN && task != Task.BEAM_SPAN && task != Task.SENTENCES) {
      names.put("pooled_output", Outputs.POOLED);
    }
    for (int block = 1; block <= config.blocksApplied(); block++) {
      names.put("encoder_layer_" + block, Outputs.hidden(block));
    }
    switch (task) {
      case PRETRAINING -> {
        names.put("mlm_log_probs", MaskedLmHead.LOG_PROBS);
        names.put("mlm_loss", MaskedLmHead.LOSS);
        names.put("sop_log_probs", "next_sentence_log_probs");
        names.put("sop_loss", "next_sentence_loss");
      }
      case CLASSIFICATION -> names.put("loss", ClassificationHead.LOSS);
      case JOINT -> {
        names.put("total_loss", JointHead.LOSS);
        same(names, TokenClassificationHead.LOGITS);
      }
      case MULTI_LABEL -> same(names, MultiLabelHead.PROBABILITIES, MultiLabelHead.LOSS);
      case REGRESSION -> {
        names.put("predictions", RegressionHead.PREDICTIONS);
        names.put("loss", RegressionHead.LOSS);
      }
      case SPAN -> same(names, SpanHead.START_LOGITS, SpanHead.END_LOGITS, SpanHead.LOSS);
      case BEAM_SPAN ->
          same(
              names,
              AlbertSpanHead.START_LOG_PROBS,
              AlbertSpanHead.START_INDEX,
              AlbertSpanHead.END_LOG_PROBS,
              AlbertSpanHead.END_INDEX,
              AlbertSpanHead.NO_ANSWER_LOGITS,
              AlbertSpanHead.LOSS);
      case SENTENCES -> same(names, SentenceHead.LOGITS, SentenceHead.LOSS);
    }
    return names;
  }

  private static void same(Map<String, String> names, String... both) {
    for (String name : both) {
      names.put(name, name);
    }
  }

  /** Everything is moved off 0 and 1, so that a swapped variable cannot hide. */
  private static SortedMap<String, FloatTensor> random(SortedMap<String, long[]> shapes) {
    Random random = new Random(5);
    SortedMap<String, FloatTensor> weights = new TreeMap<>();
    shapes.forEach(
        (name, shape) -> {
          int size = 1;
          for (long dimension : shape) {
            size *= (int) dimension;
          }
          float[] values = new float[size];
          for (int i = 0; i < size; i++) {
            values[i] = (float) (0.3 * random.nextGaussian() + (name.endsWith("gamma") ? 1 : 0));
          }
          weights.put(name, FloatTensor.of(values, shape));
        });
    return weights;
  }

  private static Map<String, double[]> doubles(Map<String, FloatTensor> weights) {
    Map<String, double[]> doubles = new TreeMap<>();
    weights.forEach(
        (name, tensor) -> {
          double[] values = new double[tensor.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
          }
          doubles.put(name, values);
        });
    return doubles;
  }

  private static Map<String, FloatTensor> floats(Map<String, double[]> exact) {
    Map<String, FloatTensor> floats = new TreeMap<>();
    exact.forEach(
        (name, doubles) -> {
          float[] values = new float[doubles.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) doubles[i];
          }
          floats.put(name, FloatTensor.of(values, values.length));
        });
    return floats;
  }

  /**
   * One batch, as each side takes it.
   *
   * @param inputs the oracle's
   * @param targets the oracle's
   * @param feed ours
   */
  private record Batch(Oracle.Inputs inputs, List<Target> targets, Map<String, HostTensor> feed) {
    static Batch of(Task task) {
      Random random = new Random(9);
      int[] ids = random.ints((long) BATCH * SEQUENCE, 0, 23).toArray();
      boolean span = task == Task.SPAN || task == Task.BEAM_SPAN;
      int[] types = span ? SEGMENTS.clone() : random.ints((long) BATCH * SEQUENCE, 0, 2).toArray();
      int[] mask = new int[ids.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = i % SEQUENCE < SEQUENCE - i / SEQUENCE ? 1 : 0; // 5, 4 and 3 tokens
      }
      Map<String, HostTensor> feed =
          new TreeMap<>(
              Map.of(
                  "input_ids", IntTensor.of(ids, BATCH, SEQUENCE),
                  "attention_mask", IntTensor.of(mask, BATCH, SEQUENCE),
                  "token_type_ids", IntTensor.of(types, BATCH, SEQUENCE)));
      return new Batch(new Oracle.Inputs(BATCH, ids, mask, types), targets(task, feed), feed);
    }

    private static void feedSpans(Map<String, HostTensor> feed) {
      feed.put(SpanHead.START_POSITIONS, IntTensor.of(STARTS, BATCH));
      feed.put(SpanHead.END_POSITIONS, IntTensor.of(ENDS, BATCH));
    }

    private static List<Target> targets(Task task, Map<String, HostTensor> feed) {
      return switch (task) {
        case PRETRAINING -> {
          int[] positions = {0, 2, 1, 3, 2, 0};
          int[] ids = {7, 22, 0, 7, 13, 4};
          int[] labels = {1, 0, 1};
          feed.put(MaskedLmHead.POSITIONS, IntTensor.of(positions, BATCH, 2));
          feed.put(MaskedLmHead.IDS, IntTensor.of(ids, BATCH, 2));
          feed.put(MaskedLmHead.WEIGHTS, FloatTensor.of(new float[] {1, 1, 1, 1, 1, 0}, BATCH, 2));
          feed.put("next_sentence_labels", IntTensor.of(labels, BATCH));
          yield List.of(
              new Target.MaskedLm(positions, ids, new double[] {1, 1, 1, 1, 1, 0}),
              new Target.SentencePair(labels));
        }
        case CLASSIFICATION -> {
          int[] labels = {2, 0, 1};
          feed.put(ClassificationHead.LABELS, IntTensor.of(labels, BATCH));
          yield List.of(new Target.Classes(3, labels));
        }
        case JOINT -> {
          int[] labels = {2, -1, 1};
          int[] tags = {-1, 3, -1, 0, 1, -1, 2, 2, -1, -1, -1, 0, -1, -1, -1};
          feed.put(ClassificationHead.LABELS, IntTensor.of(labels, BATCH));
          feed.put(TokenClassificationHead.LABELS, IntTensor.of(tags, BATCH, SEQUENCE));
          yield List.of(new Target.Joint(3, labels, 0.5, 4, tags, 3));
        }
        case MULTI_LABEL -> {
          float[] right = {1, 0, 1, 0, 0, 0, 0, 1, 1};
          feed.put(MultiLabelHead.TARGETS, FloatTensor.of(right, BATCH, 3));
          yield List.of(new Target.LabelSets(3, new double[] {1, 0, 1, 0, 0, 0, 0, 1, 1}));
        }
        case REGRESSION -> {
          feed.put(RegressionHead.TARGETS, FloatTensor.of(new float[] {0.5f, -1.25f, 2}, BATCH));
          yield List.of(new Target.Numbers(new double[] {0.5, -1.25, 2}));
        }
        case SPAN -> {
          feedSpans(feed);
          yield List.of(new Target.Span(STARTS, ENDS));
        }
        case BEAM_SPAN -> {
          feedSpans(feed);
          feed.put(AlbertSpanHead.IS_IMPOSSIBLE, FloatTensor.of(new float[] {0, 1, 0}, BATCH));
          yield List.of(new Target.BeamSpan(STARTS, ENDS, new double[] {0, 1, 0}));
        }
        case SENTENCES -> {
          int[] labels = {1, -1, 0, -100, 1, 0, -1, 0, -1, -1, -1, -1, -1, -1, -1};
          feed.put(SentenceHead.LABELS, IntTensor.of(labels, BATCH, SEQUENCE));
          yield List.of(new Target.Sentences(labels));
        }
      };
    }
  }
}
