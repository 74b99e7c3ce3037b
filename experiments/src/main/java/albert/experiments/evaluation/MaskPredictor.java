package albert.experiments.evaluation;

import albert.datasets.JsonLine;
import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.ModelInputs;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.head.MaskedLmHead;
import albert.model.io.HeadKind;
import albert.model.runtime.FrozenModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.tensor.NonFiniteException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A pretrained model that fills masks in texts with what it finds likeliest. */
final class MaskPredictor implements Predictor {
  /** The heads that fill masks. */
  static final Set<HeadKind> HEADS = EnumSet.of(HeadKind.PRETRAINING, HeadKind.MASKED_LM);

  /** How many fillings a mask gets if nobody says it. */
  static final int TOP = 5;

  private static final int BATCH_SIZE = 32;

  /** Masks whose logits over the vocabulary are in memory at once, but for those of one text. */
  private static final int MASKS = 256;

  private final int top;
  private final int maxSeqLength;
  private final EncoderConfig config;
  private final Tokenizer tokenizer;
  private final FrozenModel model;
  private long read;
  private long cut;

  /**
   * Opens a model with one of {@link #HEADS}.
   *
   * @param given what a person set
   * @param top how many fillings a mask gets
   * @throws InputException if there are not as many, or it has no tokenizer
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  MaskPredictor(PretrainedModel checkpoint, Settings given, int top) {
    this.top = top;
    config = checkpoint.model().config();
    if (top < 1 || top > config.vocabSize()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--top is %d, allowed are 1 to the model's vocab_size %d",
              top,
              config.vocabSize()));
    }
    PredictionSettings settings = PredictionSettings.ofPretrained(checkpoint, given);
    maxSeqLength = settings.maxSeqLength();
    tokenizer = checkpoint.openTokenizer();
    model =
        FrozenModel.of(
            config,
            List.of(new MaskedLmHead(checkpoint.model().head().tied())),
            checkpoint.model().weights(),
            settings.runtime());
  }

  @Override
  public List<String> lineKeys() {
    return List.of("text");
  }

  @Override
  public String line() {
    return "{\"text\": \"… [MASK] …\"}";
  }

  @Override
  public void predict(List<JsonLine> lines, StopSignal stop, Consumer<Object> results) {
    List<MaskedText> texts = new ArrayList<>();
    for (JsonLine line : lines) {
      MaskedText text = MaskedText.read(line, tokenizer, maxSeqLength);
      ModelInputs.requireReadable(config, line.place(), text.sequence());
      texts.add(text);
    }
    read += texts.size();
    cut += texts.stream().filter(MaskedText::isCut).count();
    Map<Integer, MaskFilling.Line> filled = fill(texts, stop);
    for (int i = 0; i < texts.size(); i++) {
      MaskFilling.Line result = filled.get(i);
      if (result == null) {
        throw new NonFiniteException(
            lines.get(i).place()
                + ": the model's output is NaN or infinite, so there is no prediction");
      }
      results.accept(result);
    }
  }

  /**
   * What each text gets, by its index; a text with an output that is NaN or infinite is left out.
   */
  private Map<Integer, MaskFilling.Line> fill(List<MaskedText> texts, StopSignal stop) {
    int vocabSize = config.vocabSize();
    Map<Integer, MaskFilling.Line> filled = new HashMap<>();
    for (EncodedBatch batch : batches(texts)) {
      stop.check();
      List<MaskedText> members = IntStream.of(batch.rows()).mapToObj(texts::get).toList();
      int slots = slots(members);
      float[] logits = logits(batch, members, slots);
      for (int i = 0; i < members.size(); i++) {
        int from = i * slots * vocabSize;
        int masks = members.get(i).positions().length;
        if (FloatTensor.isFinite(logits, from, from + masks * vocabSize)) {
          filled.put(
              batch.rows()[i],
              MaskFilling.of(members.get(i), tokenizer, logits, from, vocabSize, top));
        }
      }
    }
    return filled;
  }

  /** Texts of similar lengths together, the longest first. */
  private List<EncodedBatch> batches(List<MaskedText> texts) {
    List<Integer> order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -texts.get(i).ids().length))
            .toList();
    List<EncodedBatch> batches = new ArrayList<>();
    int from = 0;
    int slots = 0;
    for (int to = 0; to < order.size(); to++) {
      slots = Math.max(slots, texts.get(order.get(to)).positions().length);
      int size = to - from + 1;
      if (size > 1 && (size > BATCH_SIZE || size * slots > MASKS)) {
        batches.add(batch(order.subList(from, to), texts));
        from = to;
        slots = texts.get(order.get(to)).positions().length;
      }
    }
    if (from < order.size()) {
      batches.add(batch(order.subList(from, order.size()), texts));
    }
    return batches;
  }

  private EncodedBatch batch(List<Integer> members, List<MaskedText> texts) {
    List<EncodedExample> examples =
        members.stream().map(i -> new EncodedExample(i, texts.get(i).sequence())).toList();
    int multiple = EvaluationBatches.widthMultiple(config, maxSeqLength);
    return new Batcher(examples, examples.size(), tokenizer.specialTokens().pad(), multiple)
        .evaluation()
        .get(0);
  }

  private static int slots(List<MaskedText> texts) {
    return texts.stream().mapToInt(text -> text.positions().length).max().orElseThrow();
  }

  /** float32 [texts, slots, V]; a text with fewer masks has the first token's in their place. */
  private float[] logits(EncodedBatch batch, List<MaskedText> texts, int slots) {
    int[] positions = new int[texts.size() * slots];
    for (int i = 0; i < texts.size(); i++) {
      int[] own = texts.get(i).positions();
      System.arraycopy(own, 0, positions, i * slots, own.length);
    }
    Map<String, HostTensor> feed = new HashMap<>(ModelInputs.of(batch));
    feed.put(MaskedLmHead.POSITIONS, IntTensor.of(positions, texts.size(), slots));
    return Objects.requireNonNull(
            model.predict(feed, List.of(MaskedLmHead.LOGITS)).get(MaskedLmHead.LOGITS))
        .values();
  }

  @Override
  public Optional<String> cut() {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT, "%d of %d texts were cut to %d pieces", cut, read, maxSeqLength));
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
