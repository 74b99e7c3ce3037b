package albert.experiments.task.table;

import albert.datasets.table.TableTask;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.text.KindOfTexts;
import albert.model.config.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Texts or pairs of anybody's own, in tables. */
public final class TableKind extends KindOfTexts<TableConfig> {
  @Override
  public String title() {
    return "Own data (csv)";
  }

  @Override
  public List<TableTask> tasks() {
    return List.of(TableTask.UNSPECIFIED);
  }

  @Override
  public Optional<Task<TextExample>> task(String id, TableConfig keys) {
    return task(id).map(task -> keys.task());
  }

  @Override
  public Class<TableConfig> keysType() {
    return TableConfig.class;
  }

  @Override
  public TableConfig defaults(ModelType family) {
    return TableConfig.DEFAULT;
  }

  /** All. */
  @Override
  public Set<String> keysOfData() {
    return Set.of(
        "text_column",
        "pair_column",
        "label_column",
        "label_kind",
        "label_separator",
        "labels",
        "dev_share");
  }

  @Override
  public Set<String> keysOfScoring() {
    return Set.of("label_column", "label_kind", "label_separator", "labels");
  }

  @Override
  public List<String> notes(TaskData<TextExample> data) {
    List<String> notes = new ArrayList<>(super.notes(data));
    notes.addAll(TableNotes.of(data));
    return notes;
  }

  @Override
  public String scoreHelp() {
    return "csv: --gold and --predictions are tables (.csv, .tsv or .jsonl) with as many rows in"
        + " the same order; the predictions are in the column prediction, or label, labels"
        + " or score as predict writes them.";
  }

  @Override
  public OfficialScores score(Task<TextExample> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return TableScoring.score((TableTask) task, files.gold(), files.predictions());
  }
}
