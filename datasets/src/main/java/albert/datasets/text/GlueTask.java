package albert.datasets.text;

import static albert.evaluation.metric.Metric.ACCURACY;
import static albert.evaluation.metric.Metric.F1;
import static albert.evaluation.metric.Metric.MATTHEWS_CORRELATION;
import static albert.evaluation.metric.Metric.PEARSON;
import static albert.evaluation.metric.Metric.SPEARMAN;

import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.PlainNumber;
import albert.evaluation.metric.Metric;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of GLUE (arXiv 1804.07461) in their official files: columns, labels, metrics and
 * submission files.
 *
 * <p>The order of the labels is that of the published processors (google-research/albert, {@code
 * classifier_utils.py}). The first metric is the one that models are chosen by there: accuracy for
 * MRPC and QQP.
 */
public enum GlueTask implements TextTask {
  /** Acceptability of a sentence: the Corpus of Linguistic Acceptability. */
  COLA("CoLA", "CoLA", "sentence", null, "label", binary(), MATTHEWS_CORRELATION),
  /** Sentiment of a phrase of a film review: the Stanford Sentiment Treebank. */
  SST_2("SST-2", "SST-2", "sentence", null, "label", binary(), ACCURACY),
  /** Whether two sentences say the same: the Microsoft Research Paraphrase Corpus. */
  MRPC("MRPC", "MRPC", "#1 String", "#2 String", "Quality", binary(), ACCURACY, F1),
  /** How similar two sentences are, 0 to 5: the Semantic Textual Similarity Benchmark. */
  STS_B("STS-B", "STS-B", "sentence1", "sentence2", "score", List.of(), PEARSON, SPEARMAN),
  /** Whether two questions ask the same: Quora Question Pairs. */
  QQP("QQP", "QQP", "question1", "question2", "is_duplicate", binary(), ACCURACY, F1),
  /** Whether a sentence follows from another: Multi-Genre Natural Language Inference. */
  MNLI("MNLI", "MNLI", "sentence1", "sentence2", "gold_label", inference(), ACCURACY),
  /** Whether a sentence answers a question: SQuAD as inference. */
  QNLI("QNLI", "QNLI", "question", "sentence", "label", entailment(), ACCURACY),
  /** Whether a sentence follows from a text: Recognizing Textual Entailment 1 to 3 and 5. */
  RTE("RTE", "RTE", "sentence1", "sentence2", "label", entailment(), ACCURACY),
  /** Whether a pronoun is what a sentence says it is: the Winograd schemas as inference. */
  WNLI("WNLI", "WNLI", "sentence1", "sentence2", "label", binary(), ACCURACY),
  /** GLUE's diagnostic sentences: a test alone, for models that have learnt {@link #MNLI}. */
  AX("AX", "AX", "sentence1", "sentence2", "label", inference(), MATTHEWS_CORRELATION);

  /** The scores of {@link #STS_B} are from 0 to this. */
  public static final double HIGHEST_SIMILARITY = 5;

  /** As GLUE's first download script called {@link #AX}. */
  private static final Map<SplitName, String> OLD_AX = Map.of(SplitName.TEST, "diagnostic.tsv");

  /** {@link #AX} with its labels, as GLUE publishes them apart. */
  private static final Map<SplitName, String> LABELLED_AX =
      Map.of(SplitName.TEST, "diagnostic-full.tsv");

  private static final ColumnNames LABELLED_AX_COLUMNS =
      new ColumnNames("Premise", "Hypothesis", "Label");

  private final String title;
  private final String folder;
  private final String textColumn;
  private final @Nullable String pairColumn;
  private final String labelColumn;
  private final List<String> labels;
  private final List<Metric> metrics;

  GlueTask(
      String title,
      String folder,
      String textColumn,
      @Nullable String pairColumn,
      String labelColumn,
      List<String> labels,
      Metric... metrics) {
    this.title = title;
    this.folder = "glue/" + folder;
    this.textColumn = textColumn;
    this.pairColumn = pairColumn;
    this.labelColumn = labelColumn;
    this.labels = labels;
    this.metrics = List.of(metrics);
  }

  private static List<String> binary() {
    return List.of("0", "1");
  }

  private static List<String> inference() {
    return List.of("contradiction", "entailment", "neutral");
  }

  private static List<String> entailment() {
    return List.of("entailment", "not_entailment");
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public LabelKind kind() {
    return labels.isEmpty() ? LabelKind.REGRESSION : LabelKind.CLASSIFICATION;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(folder);
  }

  @Override
  public Map<SplitName, String> files() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    if (this == AX) {
      files.put(SplitName.TEST, "AX.tsv");
      return files;
    }
    files.put(SplitName.TRAIN, "train.tsv");
    if (this == MNLI) {
      files.put(SplitName.DEV, "dev_matched.tsv");
      files.put(SplitName.DEV_MISMATCHED, "dev_mismatched.tsv");
      files.put(SplitName.TEST, "test_matched.tsv");
      files.put(SplitName.TEST_MISMATCHED, "test_mismatched.tsv");
    } else {
      files.put(SplitName.DEV, "dev.tsv");
      files.put(SplitName.TEST, "test.tsv");
    }
    return files;
  }

  /**
   * The files that GLUE's server takes for this task's test sets, by split. Their header is {@code
   * index}, tab, {@code prediction}; the index counts the rows from 0.
   */
  public Map<SplitName, String> submissionFiles() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    if (this == MNLI) {
      files.put(SplitName.TEST, "MNLI-m.tsv");
      files.put(SplitName.TEST_MISMATCHED, "MNLI-mm.tsv");
    } else {
      files.put(SplitName.TEST, title + ".tsv");
    }
    return files;
  }

  /**
   * A prediction as GLUE's server takes it: the label's name, or the similarity with three decimals
   * and cut to its range.
   *
   * @param prediction the index of a label, or the value of a regression
   * @throws IllegalArgumentException if it is no finite number: such a one is not replaced
   */
  public String submissionText(double prediction) {
    if (!Double.isFinite(prediction)) {
      throw new IllegalArgumentException("the prediction is " + prediction);
    }
    if (kind() == LabelKind.CLASSIFICATION) {
      return labels.get((int) prediction);
    }
    double inRange = Math.max(0, Math.min(HIGHEST_SIMILARITY, prediction));
    return String.format(Locale.ROOT, "%.3f", inRange);
  }

  /**
   * What a label in a file means: the index of the class, or the value.
   *
   * @throws IllegalArgumentException if the task has no such label
   */
  public double parseLabel(String text) {
    if (kind() == LabelKind.CLASSIFICATION) {
      int index = labels.indexOf(text);
      if (index < 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the label is '%s', task %s has %s",
                text,
                id(),
                String.join(", ", labels)));
      }
      return index;
    }
    double value = number(text);
    if (!(value >= 0 && value <= HIGHEST_SIMILARITY)) {
      throw noNumber(text, String.format(Locale.ROOT, "from 0 to %.0f", HIGHEST_SIMILARITY));
    }
    return value;
  }

  /**
   * What a prediction in a submission file means: the index of the class, or any finite value.
   *
   * @throws IllegalArgumentException if the task has no such label
   */
  public double parsePrediction(String text) {
    if (kind() == LabelKind.CLASSIFICATION) {
      return parseLabel(text);
    }
    double value = number(text);
    if (!Double.isFinite(value)) {
      throw noNumber(text, "that are finite");
    }
    return value;
  }

  private IllegalArgumentException noNumber(String text, String allowed) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "the label is '%s', task %s has numbers %s", text, id(), allowed));
  }

  private static double number(String text) {
    return PlainNumber.decimal(text).orElse(Double.NaN);
  }

  @Override
  public TaskData<TextExample> read(Path data) {
    Map<SplitName, List<TextExample>> splits =
        find(data)
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .read(
                (split, file) ->
                    new GlueFile(this, file, !submissionFiles().containsKey(split)).read());
    return TaskData.of(this, splits, labels, folder);
  }

  /** Of several files of {@link #AX} the one with labels. */
  private Optional<TaskFolder<TextExample>> find(Path data) {
    Optional<TaskFolder<TextExample>> usual = TaskFolder.find(this, data, folder, files());
    return this == AX
        ? TaskFolder.find(this, data, folder, LABELLED_AX)
            .or(() -> TaskFolder.find(this, data, "glue/diagnostic", LABELLED_AX))
            .or(() -> usual)
            .or(() -> TaskFolder.find(this, data, "glue/diagnostic", OLD_AX))
        : usual;
  }

  /**
   * Reads one file whose every row has a label: the gold answers that predictions are scored with.
   *
   * @throws albert.datasets.DataFormatException with file and line, if it is malformed
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public List<TextExample> readLabelled(Path file) {
    return new GlueFile(this, file, true).read();
  }

  /**
   * The columns with the text, or the first of the pair; the second; and what is to be predicted.
   *
   * @param pair null for a task over single texts
   */
  record ColumnNames(String text, @Nullable String pair, String label) {}

  @Override
  public boolean isOfPairs() {
    return pairColumn != null;
  }

  /** What the columns of a file with this header are called. */
  ColumnNames columns(List<String> header) {
    return this == AX && header.contains(LABELLED_AX_COLUMNS.text())
        ? LABELLED_AX_COLUMNS
        : new ColumnNames(textColumn, pairColumn, labelColumn);
  }

  /**
   * Whether the official file is known to have rows that are broken off, which every published
   * reader leaves out.
   */
  boolean hasBrokenRows() {
    return this == QQP;
  }
}
