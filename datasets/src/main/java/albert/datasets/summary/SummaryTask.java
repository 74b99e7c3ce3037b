package albert.datasets.summary;

import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.record.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Data sets of documents and their summaries. */
public enum SummaryTask implements Task<SummaryDocument> {
  /** Abstracts of papers in one sentence, SciTLDR-A (arXiv 2004.15011). */
  SCITLDR("SciTLDR", 1, "train.jsonl", "dev.jsonl", "test.jsonl") {
    @Override
    Map<SplitName, List<SummaryDocument>> documents(Path data) {
      return TaskFolder.find(this, data, FOLDER + "scitldr-A", files())
          .orElseThrow(() -> TaskFolder.missing(this, data))
          .read((split, file) -> SciTldrFile.read(file));
    }

    @Override
    public List<SummaryDocument> readPart(Path part) {
      return SciTldrFile.read(part);
    }
  },
  /** News in three sentences (arXiv 1506.03340, in the splits of arXiv 1704.04368). */
  CNN_DAILYMAIL("CNN/DailyMail", 3, "train", "dev", "test") {
    @Override
    Map<SplitName, List<SummaryDocument>> documents(Path data) {
      return List.of(data.resolve(FOLDER + id()), data.resolve(id()), data).stream()
          .map(StoryFolder::find)
          .flatMap(Optional::stream)
          .findFirst()
          .orElseThrow(() -> TaskFolder.missing(this, data))
          .read();
    }

    @Override
    public List<SummaryDocument> readPart(Path part) {
      return StoryFolder.read(part);
    }
  };

  private static final String FOLDER = "summarization/";

  private final String title;
  private final int usualSentences;
  private final Map<SplitName, String> files;

  SummaryTask(String title, int usualSentences, String train, String dev, String test) {
    this.title = title;
    this.usualSentences = usualSentences;
    this.files =
        new EnumMap<>(Map.of(SplitName.TRAIN, train, SplitName.DEV, dev, SplitName.TEST, test));
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  /** How many sentences a summary usually has in publications. */
  public int usualSentences() {
    return usualSentences;
  }

  /**
   * F of ROUGE-1, ROUGE-2 and ROUGE-L; where summaries have several sentences, also that over
   * sentences, which publications call ROUGE-L.
   */
  @Override
  public List<String> metricIds() {
    List<String> ids = new ArrayList<>(List.of("rouge1", "rouge2", "rougeL"));
    if (usualSentences > 1) {
      ids.add("rougeLsum");
    }
    return ids;
  }

  /** Sentences have one token type and the other by turns. */
  @Override
  public boolean isOfPairs() {
    return true;
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(FOLDER + (this == SCITLDR ? "scitldr-A" : id()));
  }

  @Override
  public Map<SplitName, String> files() {
    return new EnumMap<>(files);
  }

  @Override
  public TaskData<SummaryDocument> read(Path data) {
    return TaskData.of(this, documents(data), List.of(), "official files");
  }

  abstract Map<SplitName, List<SummaryDocument>> documents(Path data);

  /**
   * Reads one part, at least one document.
   *
   * @param part the file of it, for CNN/DailyMail the folder of its stories
   * @throws albert.datasets.DataFormatException with file and line, if it is malformed
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public abstract List<SummaryDocument> readPart(Path part);

  /** Over every sentence, label and reference, and how many there are. */
  @Override
  public String sha256(Map<SplitName, List<SummaryDocument>> splits) {
    Sha256 digest = new Sha256();
    for (SplitName name : SplitName.values()) {
      List<SummaryDocument> documents = splits.getOrDefault(name, List.of());
      digest.add(documents.size());
      documents.forEach(document -> SummaryEncoder.add(digest, document));
    }
    return digest.hex();
  }
}
