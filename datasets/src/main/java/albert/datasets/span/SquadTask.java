package albert.datasets.span;

import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two versions of the Stanford Question Answering Dataset, in their official files. */
public enum SquadTask implements Task<SpanExample> {
  /** Every question has an answer (arXiv 1606.05250). */
  V1_1("1.1"),
  /** Half of the questions have none (arXiv 1806.03822). */
  V2_0("2.0");

  /** Where the files are, under the data root. */
  private static final String FOLDER = "squad";

  private final String version;

  SquadTask(String version) {
    this.version = version;
  }

  /** The task of an id, or nothing. */
  public static Optional<SquadTask> byId(String id) {
    return Arrays.stream(values()).filter(task -> task.id().equals(id)).findFirst();
  }

  @Override
  public String id() {
    return "squad-v" + version;
  }

  /** As in the files: {@code 1.1}. */
  String version() {
    return version;
  }

  @Override
  public String title() {
    return "SQuAD v" + version;
  }

  /**
   * The names of the official scripts of each version; models are chosen as in the published code.
   */
  @Override
  public List<String> metricIds() {
    return List.of("f1", this == V1_1 ? "exact_match" : "exact");
  }

  /** A question and a stretch of text. */
  @Override
  public boolean isOfPairs() {
    return true;
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(FOLDER);
  }

  /** Whether a question may have no answer. */
  public boolean hasUnanswerable() {
    return this == V2_0;
  }

  /** The official files; the test set is not public. */
  @Override
  public Map<SplitName, String> files() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    files.put(SplitName.TRAIN, "train-v" + version + ".json");
    files.put(SplitName.DEV, "dev-v" + version + ".json");
    return files;
  }

  @Override
  public TaskData<SpanExample> read(Path data) {
    Map<SplitName, List<SpanExample>> splits =
        TaskFolder.find(this, data, FOLDER, files())
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .read((split, file) -> new SquadReader(file, this).read());
    return TaskData.of(this, splits, List.of(), "official files");
  }

  /** Without a train set the dev set, {@linkplain ArticleSplit split by article}. */
  @Override
  public TaskData<SpanExample> forTraining(TaskData<SpanExample> data) {
    return data.has(SplitName.TRAIN) ? data : new ArticleSplit(this).of(data);
  }
}
