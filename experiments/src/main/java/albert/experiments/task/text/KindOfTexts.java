package albert.experiments.task.text;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.task.kind.TaskKind;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks over single texts or pairs have in common: a class, several labels or a number is
 * predicted.
 *
 * @param <O> the kind's own configuration keys
 */
public abstract class KindOfTexts<O extends Record>
    implements TaskKind<TextExample, O, TextSequences, float[]> {
  /** The keys of a line: the text, or the first of a pair; and the second. */
  public static final List<String> LINE_KEYS = List.of("text", "pair");

  /** How a line looks. */
  public static final String LINE = "{\"text\": …}";

  @Override
  public Set<HeadKind> heads() {
    return EnumSet.of(
        HeadKind.CLASSIFICATION, HeadKind.MULTI_LABEL_CLASSIFICATION, HeadKind.REGRESSION);
  }

  @Override
  public boolean takesClassWeights() {
    return true;
  }

  @Override
  public long[] classCounts(TaskData<TextExample> data) {
    return ((TextTask) data.task()).kind() == LabelKind.CLASSIFICATION ? counts(data) : new long[0];
  }

  /** Training examples of each class of a classification. */
  public static long[] counts(TaskData<TextExample> data) {
    long[] counts = new long[data.labels().size()];
    data.examples(SplitName.TRAIN).forEach(example -> counts[example.labelIndex()]++);
    return counts;
  }

  @Override
  public List<String> notes(TaskData<TextExample> data) {
    return notes(classCounts(data));
  }

  /** What is odd about so many training examples of each class. */
  public static List<String> notes(long... counts) {
    return Arrays.stream(counts).filter(count -> count > 0).count() == 1
        ? List.of("all training examples have one label, so that there is nothing to tell apart")
        : List.of();
  }

  @Override
  public List<EncodedExample> train(
      TaskData<TextExample> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      O keys,
      FeatureCache cache) {
    return TextEncoder.train(data.examples(SplitName.TRAIN), opened, maxSeqLength, cache);
  }

  @Override
  public TextSequences encode(
      List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength, O keys) {
    TextEncoder encoder = new TextEncoder(tokenizer, maxSeqLength);
    List<EncodedExample> rows = encoder.encodeAll(examples);
    return new TextSequences(rows, encoder.sequences().cut());
  }

  @Override
  public TextHead head(TaskData<TextExample> data, O keys) {
    return TextHead.of(((TextTask) data.task()).kind(), data.labels());
  }

  @Override
  public TextHead head(
      HeadDescription head, O keys, @Nullable Task<TextExample> trainedFor, Set<String> given) {
    return new TextHead(head);
  }

  @Override
  public List<Reference> references(TaskData<TextExample> data) {
    return TextReferences.of(data).all();
  }

  @Override
  public List<String> lineKeys() {
    return LINE_KEYS;
  }

  @Override
  public String line() {
    return LINE;
  }

  @Override
  public String lineHelp() {
    return "A model of texts reads text (and pair, if it was trained on pairs) and writes label or"
        + " labels and probabilities, or score.";
  }

  @Override
  public TextExample read(JsonLine line, @Nullable Task<TextExample> trainedFor) {
    TextExample text = read(line);
    boolean pair = text.pair() != null;
    if (trainedFor != null && trainedFor.isOfPairs() != pair) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: there is %s pair, but the model was trained for %s, a task of %s",
              line.place(),
              pair ? "a" : "no",
              trainedFor.id(),
              pair ? "single texts" : "pairs"));
    }
    return text;
  }

  /**
   * A text or a pair, whose id is its place.
   *
   * @throws albert.datasets.DataFormatException if there is none
   */
  public static TextExample read(JsonLine line) {
    return new TextExample(line.place(), line.text("text"), line.optionalText("pair"), Double.NaN);
  }
}
