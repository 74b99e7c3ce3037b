package albert.datasets.text;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskFolder;
import albert.evaluation.metric.Metric;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** BoolQ: yes or no questions about a passage (arXiv 1905.10044), in the files of SuperGLUE. */
public final class BoolQTask implements TextTask {
  private static final String FOLDER = "superglue/BoolQ";
  private static final String LINE = "{\"question\": …, \"passage\": …, \"label\": true or false}";

  @Override
  public String id() {
    return "boolq";
  }

  @Override
  public String title() {
    return "BoolQ";
  }

  @Override
  public LabelKind kind() {
    return LabelKind.CLASSIFICATION;
  }

  @Override
  public List<String> labels() {
    return List.of("false", "true");
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.ACCURACY);
  }

  @Override
  public boolean isOfPairs() {
    return true;
  }

  @Override
  public Optional<String> folder() {
    return Optional.of(FOLDER);
  }

  @Override
  public Map<SplitName, String> files() {
    Map<SplitName, String> files = new EnumMap<>(SplitName.class);
    files.put(SplitName.TRAIN, "train.jsonl");
    files.put(SplitName.DEV, "val.jsonl");
    files.put(SplitName.TEST, "test.jsonl");
    return files;
  }

  @Override
  public TaskData<TextExample> read(Path data) {
    Map<SplitName, List<TextExample>> splits =
        TaskFolder.find(this, data, FOLDER, files())
            .orElseThrow(() -> TaskFolder.missing(this, data))
            .read((split, file) -> examples(file, split == SplitName.TEST));
    return TaskData.of(this, splits, labels(), FOLDER);
  }

  private static List<TextExample> examples(Path file, boolean mayLackLabels) {
    List<TextExample> examples = new ArrayList<>();
    try (JsonLines lines = JsonLines.open(file)) {
      for (JsonLine line = lines.next(LINE); line != null; line = lines.next(LINE)) {
        String id = String.valueOf(examples.size());
        boolean secret = mayLackLabels && !line.has("label");
        double label = secret ? Double.NaN : label(line);
        examples.add(new TextExample(id, line.text("question"), line.text("passage"), label));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (examples.isEmpty()) {
      throw new DataFormatException(file.toString(), "it has no rows");
    }
    return examples;
  }

  private static double label(JsonLine line) {
    JsonNode label = line.object().path("label");
    if (!label.isBoolean()) {
      throw line.problem("label is '" + label + "', allowed are true and false");
    }
    return label.booleanValue() ? 1 : 0;
  }
}
