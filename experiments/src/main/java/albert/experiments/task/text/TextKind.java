package albert.experiments.task.text;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.GlueTask;
import albert.datasets.text.TextEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.datasets.text.WordNetTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.task.kind.InputLine;
import albert.experiments.task.kind.NoKeys;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.reports.summary.StudyDescription.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Classification and regression over single texts or pairs. */
public final class TextKind implements TaskKind<TextExample, NoKeys, TextSequences, float[]> {
  /** The keys of a line: the text, or the first of a pair; and the second. */
  public static final List<String> LINE_KEYS = List.of("text", "pair");

  /** How a line looks. */
  public static final String LINE = "{\"text\": …}";

  private static final List<TextTask> TASKS =
      Stream.concat(Arrays.<TextTask>stream(GlueTask.values()), Stream.of(new WordNetTask()))
          .toList();

  @Override
  public String title() {
    return "Texts and pairs";
  }

  @Override
  public List<TextTask> tasks() {
    return TASKS;
  }

  @Override
  public Set<HeadKind> heads() {
    return EnumSet.of(HeadKind.CLASSIFICATION, HeadKind.REGRESSION);
  }

  @Override
  public Class<NoKeys> keysType() {
    return NoKeys.class;
  }

  @Override
  public NoKeys defaults(ModelType family) {
    return NoKeys.NONE;
  }

  @Override
  public boolean takesClassWeights() {
    return true;
  }

  @Override
  public long[] classCounts(TaskData<TextExample> data) {
    long[] counts = new long[data.labels().size()];
    if (counts.length > 0) {
      data.examples(SplitName.TRAIN).forEach(example -> counts[example.labelIndex()]++);
    }
    return counts;
  }

  @Override
  public List<String> notes(TaskData<TextExample> data) {
    long classes = Arrays.stream(classCounts(data)).filter(count -> count > 0).count();
    return classes == 1
        ? List.of("all training examples have one label, so that there is nothing to tell apart")
        : List.of();
  }

  @Override
  public List<EncodedExample> train(
      TaskData<TextExample> data,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      NoKeys keys,
      FeatureCache cache) {
    return TextEncoder.train(data.examples(SplitName.TRAIN), opened, maxSeqLength, cache);
  }

  @Override
  public TextSequences encode(
      List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength, NoKeys keys) {
    TextEncoder encoder = new TextEncoder(tokenizer, maxSeqLength);
    List<EncodedExample> rows = encoder.encodeAll(examples);
    return new TextSequences(rows, encoder.sequences().cut());
  }

  @Override
  public TextHead head(TaskData<TextExample> data, NoKeys keys) {
    return data.labels().isEmpty()
        ? TextHead.of(HeadDescription.of(HeadKind.REGRESSION))
        : TextHead.of(new HeadDescription(HeadKind.CLASSIFICATION, data.labels()));
  }

  @Override
  public TextHead head(
      HeadDescription head,
      NoKeys keys,
      @Nullable Task<TextExample> trainedFor,
      Set<String> given) {
    return TextHead.of(head);
  }

  @Override
  public List<Reference> references(TaskData<TextExample> data) {
    return TextReferences.of(data).all();
  }

  /** GLUE's diagnostic sentences, which a model of MNLI predicts. */
  @Override
  public List<TaskData<TextExample>> related(Task<TextExample> task, Path folder) {
    boolean isThere =
        Files.isDirectory(folder.resolve("glue/AX"))
            || Files.isDirectory(folder.resolve("glue/diagnostic"));
    return task == GlueTask.MNLI && isThere ? List.of(GlueTask.AX.read(folder)) : List.of();
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
    return "A model of texts reads text (and pair, if it was trained on pairs) and writes label and"
        + " probabilities, or score.";
  }

  @Override
  public TextExample read(InputLine line, @Nullable Task<TextExample> trainedFor) {
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
  public static TextExample read(InputLine line) {
    return new TextExample(line.place(), line.text("text"), line.optionalText("pair"), Double.NaN);
  }

  @Override
  public List<GlueTask> scored() {
    return List.of(GlueTask.values());
  }

  @Override
  public String scoreHelp() {
    return "GLUE: --gold is the official tsv with labels, --predictions a submission tsv (index,"
        + " prediction).";
  }

  @Override
  public OfficialScores score(Task<TextExample> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return GlueScoring.score(
        (GlueTask) task, files.gold(), files.predictions(), OfficialScores.OF_FILES);
  }
}
