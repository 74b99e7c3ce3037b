package albert.datasets.squad;

import albert.datasets.DataFormatException;
import albert.datasets.download.PublicSources;
import albert.datasets.task.SplitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two versions of the Stanford Question Answering Dataset, in their official files. */
public enum SquadTask {
  /** Every question has an answer (arXiv 1606.05250). */
  V1_1("1.1"),
  /** Half of the questions have none (arXiv 1806.03822). */
  V2_0("2.0");

  /** Where the files are, under the data root. */
  public static final String FOLDER = "squad";

  private final String version;

  SquadTask(String version) {
    this.version = version;
  }

  /** The task of an id, or nothing. */
  public static Optional<SquadTask> byId(String id) {
    return Arrays.stream(values()).filter(task -> task.id().equals(id)).findFirst();
  }

  /** As on the command line: {@code squad-v1.1}. */
  public String id() {
    return "squad-v" + version;
  }

  /** As in the files: {@code 1.1}. */
  String version() {
    return version;
  }

  /** For people: {@code SQuAD v1.1}. */
  public String title() {
    return "SQuAD v" + version;
  }

  /** Whether a question may have no answer. */
  public boolean hasUnanswerable() {
    return this == V2_0;
  }

  /** The official files; the test set is not public. */
  public Map<SplitName, String> files() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    files.put(SplitName.TRAIN, "train-v" + version + ".json");
    files.put(SplitName.DEV, "dev-v" + version + ".json");
    return files;
  }

  /**
   * Reads and checks the files that are there.
   *
   * @param data the data root, or the folder with the files
   * @throws DataFormatException if there is none, or one is malformed
   * @throws java.io.UncheckedIOException if one can't be read
   */
  public SpanData read(Path data) {
    for (Path folder : List.of(data.resolve(FOLDER), data)) {
      Map<SplitName, List<SpanExample>> splits = new EnumMap<>(SplitName.class);
      files()
          .forEach(
              (split, name) -> {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                  splits.put(split, new SquadReader(file, this).read());
                }
              });
      if (!splits.isEmpty()) {
        return SpanData.of(this, splits, "official files");
      }
    }
    throw new DataFormatException(
        data.toString(),
        String.format(
            Locale.ROOT,
            "there is no data of task %s, expected %s with %s in it; %s",
            id(),
            FOLDER,
            String.join(" or ", files().values()),
            PublicSources.howToGet(id(), data)));
  }
}
