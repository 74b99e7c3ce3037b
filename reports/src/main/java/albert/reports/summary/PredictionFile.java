package albert.reports.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The predictions of a run for labelled examples: {@code predictions/dev.jsonl}, a line an example
 * with {@code id}, {@code prediction} and {@code label}.
 *
 * @param byId label and prediction as texts, by the example's id
 * @param isOfClasses whether labels are names, and not numbers
 */
record PredictionFile(SortedMap<String, Answer> byId, boolean isOfClasses) {
  /** What was right, and what was said. */
  record Answer(String label, String prediction) {}

  /** Reads a file; empty if there is none, or it is not of this kind. */
  static Optional<PredictionFile> read(Path file) {
    ObjectMapper json = new ObjectMapper();
    SortedMap<String, Answer> byId = new TreeMap<>();
    boolean names = true;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode node = json.readTree(line);
        JsonNode label = node.path("label");
        JsonNode prediction = node.path("prediction");
        if (label.isMissingNode()) {
          continue;
        }
        if (!label.isValueNode() || !prediction.isValueNode() || !node.path("id").isValueNode()) {
          return Optional.empty();
        }
        names &= label.isTextual();
        byId.put(node.path("id").asText(), new Answer(label.asText(), prediction.asText()));
      }
    } catch (JsonProcessingException unusedNotOfThisKind) {
      return Optional.empty();
    } catch (IOException | java.io.UncheckedIOException unusedNotThere) {
      return Optional.empty();
    }
    return byId.isEmpty() ? Optional.empty() : Optional.of(new PredictionFile(byId, names));
  }

  /** Whether different labels were all predicted as one. */
  boolean isOnePrediction() {
    return byId.values().stream().map(Answer::prediction).distinct().count() == 1
        && byId.values().stream().map(Answer::label).distinct().count() > 1;
  }

  /** Whether both are about the same examples with the same labels. */
  boolean isOfTheSameExamplesAs(PredictionFile other) {
    return labels().equals(other.labels());
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    byId.forEach((id, answer) -> labels.put(id, answer.label()));
    return labels;
  }
}
