package albert.datasets.intent;

import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.datasets.text.TextExample;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CLINC150 (Larson et al. 2019, aclanthology.org/D19-1131): queries of 150 intents, and queries out
 * of the scope of all of them. The label of a query that is out of scope is the number of intents.
 *
 * <p>Models learn from {@code train} alone; {@code oos_train}, which the paper adds as a 151st
 * intent in its scheme "oos-train", is checked and not learnt. Dev is {@code val} with {@code
 * oos_val}, test {@code test} with {@code oos_test}.
 *
 * <p>The file has the queries of train intent by intent. Here they come by turns, the first of each
 * intent, the second of each, so that the first so many rows have all intents.
 */
public final class ClincTask implements Task<TextExample> {
  /** The file. */
  public static final String FILE = "data_full.json";

  /** What a query is called that no intent is right for. */
  public static final String OUT_OF_SCOPE = ClincFile.OUT_OF_SCOPE;

  private static final String FOLDER = "intent/clinc150";

  @Override
  public String id() {
    return "clinc150";
  }

  @Override
  public String title() {
    return "CLINC150";
  }

  /** The paper's two (section 3.3), and the area under the curve, which needs no threshold. */
  @Override
  public List<String> metricIds() {
    return List.of("accuracy", "oos_recall", "oos_auroc");
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(FOLDER);
  }

  @Override
  public Map<SplitName, String> files() {
    return new EnumMap<>(Map.of(SplitName.TRAIN, FILE));
  }

  @Override
  public TaskData<TextExample> read(Path data) {
    return readFile(
        TaskFolder.find(this, data, FOLDER, files())
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .files()
            .values()
            .iterator()
            .next());
  }

  /**
   * Reads a file of this layout. The labels are the intents of train in their order.
   *
   * @throws albert.datasets.DataFormatException with file and line, if it is malformed, or val or
   *     test has an intent that train lacks
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public TaskData<TextExample> readFile(Path file) {
    ClincFile read = ClincFile.read(file);
    List<String> intents = read.intents();
    Map<SplitName, List<TextExample>> splits = new EnumMap<>(SplitName.class);
    splits.put(SplitName.TRAIN, read.byTurns("train", intents));
    splits.put(SplitName.DEV, read.examples(List.of("val", "oos_val"), intents));
    splits.put(SplitName.TEST, read.examples(List.of("test", "oos_test"), intents));
    return TaskData.of(this, splits, intents, "official file");
  }
}
