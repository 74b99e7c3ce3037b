package albert.datasets.table;

import albert.datasets.DataFormatException;
import albert.datasets.MissingDataException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Texts or pairs of anybody's own, in a table or a table for each part: CSV, TSV or JSON lines. An
 * example is named after the line that it begins in.
 *
 * @param columns what they are called
 * @param format how labels are written; once data is read, with the names of all labels
 * @param devShare of the training examples, what is held out where there is no dev table; 0 for
 *     {@value #USUAL_SHARE}
 */
public record TableTask(TableColumns columns, LabelFormat format, double devShare)
    implements TextTask {
  /** Its id, and the name of the folder under the data root. */
  public static final String ID = "csv";

  /** The share that is held out unless it is given. */
  static final double USUAL_SHARE = 0.1;

  private static final List<SplitName> PARTS =
      List.of(SplitName.TRAIN, SplitName.DEV, SplitName.TEST);

  /** The task before anybody says anything of the table. */
  public static final TableTask UNSPECIFIED =
      new TableTask(
          new TableColumns("", "", ""),
          new LabelFormat(LabelKind.CLASSIFICATION, "|", List.of()),
          0);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Own data";
  }

  @Override
  public LabelKind kind() {
    return format.kind();
  }

  /** The labels that were given, or those of the data once it is read. */
  @Override
  public List<String> labels() {
    return format.names();
  }

  @Override
  public List<Metric> metrics() {
    return switch (kind()) {
      case CLASSIFICATION, MULTI_LABEL ->
          List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.MICRO_F1);
      case REGRESSION -> List.of(Metric.PEARSON, Metric.SPEARMAN, Metric.RMSE);
    };
  }

  @Override
  public boolean isOfPairs() {
    return !columns.pair().isEmpty();
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(ID);
  }

  @Override
  public Map<SplitName, String> files() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    PARTS.forEach(part -> files.put(part, part.id() + ".csv"));
    return files;
  }

  /**
   * Reads a table as training data, or those of a folder. The labels are those that were given, or
   * those of the training table in their order; no other table may have further ones.
   *
   * @param data a table; or a folder with {@code train.csv}, {@code dev.csv} and {@code test.csv}
   *     or with other endings, or with a folder {@value #ID} of them
   */
  @Override
  public TaskData<TextExample> read(Path data) {
    Map<SplitName, TableRows> tables = new EnumMap<>(SplitName.class);
    find(data)
        .forEach(
            (part, file) ->
                tables.put(part, TableRows.read(file, columns, format, part != SplitName.TEST)));
    TableTask task = with(names(tables));
    Map<SplitName, List<TextExample>> splits = new EnumMap<>(SplitName.class);
    tables.forEach((part, table) -> splits.put(part, task.examples(table)));
    String source =
        tables.values().stream()
            .map(table -> String.valueOf(table.file().getFileName()))
            .collect(Collectors.joining(", ", "own data: ", ""));
    return TaskData.of(task, splits, task.labels(), source);
  }

  private Map<SplitName, Path> find(Path data) {
    if (Files.isRegularFile(data)) {
      return Map.of(SplitName.TRAIN, data);
    }
    for (Path folder : List.of(data.resolve(ID), data)) {
      Map<SplitName, Path> files = new EnumMap<>(SplitName.class);
      for (SplitName part : PARTS) {
        for (String ending : TableFile.ENDINGS) {
          Path file = folder.resolve(part.id() + ending);
          Path other = Files.isRegularFile(file) ? files.put(part, file) : null;
          if (other != null) {
            throw new DataFormatException(
                folder.toString(),
                String.format(
                    Locale.ROOT,
                    "%s and %s are both there, needed is one of them",
                    other.getFileName(),
                    file.getFileName()));
          }
        }
      }
      if (!files.isEmpty()) {
        return files;
      }
    }
    throw new MissingDataException(
        data.toString(),
        String.format(
            Locale.ROOT,
            "%s, needed is a file (.csv, .tsv or .jsonl), or a folder with train.csv and, if there"
                + " are such, dev.csv and test.csv",
            Files.exists(data) ? "there is no table in it" : "it does not exist"));
  }

  private List<String> names(Map<SplitName, TableRows> tables) {
    if (kind() == LabelKind.REGRESSION || !format.names().isEmpty()) {
      return format.names();
    }
    TableRows train = tables.get(SplitName.TRAIN);
    Set<String> found = new TreeSet<>();
    for (TableRows table : train == null ? tables.values() : List.of(train)) {
      for (TableRows.Row row : table.rows()) {
        found.addAll(row.labels() == null ? List.of() : row.labels());
      }
    }
    int fewest = kind() == LabelKind.CLASSIFICATION ? 2 : 1;
    if (train != null && found.size() < fewest) {
      throw new DataFormatException(
          train.file().toString(),
          found.isEmpty()
              ? "no row has a label, so that there is nothing to learn"
              : String.format(
                  Locale.ROOT,
                  "every label in it is '%s', so that there is nothing to tell apart",
                  found.iterator().next()));
    }
    return LabelFormat.sorted(found);
  }

  private List<TextExample> examples(TableRows table) {
    LabelCoder coder = LabelCoder.of(format);
    return table.rows().stream()
        .map(
            row -> {
              try {
                return new TextExample(
                    String.valueOf(row.line()), row.text(), row.pair(), coder.code(row.labels()));
              } catch (IllegalArgumentException e) {
                throw new DataFormatException(
                    table.file().toString(), row.line(), String.valueOf(e.getMessage()));
              }
            })
        .toList();
  }

  /** Without a dev table a share of the training examples is {@linkplain DevShare held out}. */
  @Override
  public TaskData<TextExample> forTraining(TaskData<TextExample> data) {
    if (data.has(SplitName.DEV)) {
      if (devShare > 0) {
        throw new DataFormatException(
            "dev_share",
            "there is a dev table, so that nothing is held out of train; leave dev_share out");
      }
      return data;
    }
    return new DevShare(devShare == 0 ? USUAL_SHARE : devShare).of(data);
  }

  /** What the column of labels may be called. */
  public List<String> labelColumns() {
    return columns.labels();
  }

  /** The same task with names of labels. */
  public TableTask with(List<String> labels) {
    return new TableTask(columns, format.with(labels), devShare);
  }

  /** Over the examples, and the names of the labels. */
  @Override
  public String sha256(Map<SplitName, List<TextExample>> splits) {
    Sha256 digest = new Sha256().add(kind().name()).add(labels().size());
    labels().forEach(digest::add);
    return digest.add(TextTask.super.sha256(splits)).hex();
  }
}
