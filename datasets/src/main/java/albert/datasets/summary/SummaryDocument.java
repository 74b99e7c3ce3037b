package albert.datasets.summary;

import albert.datasets.task.Example;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document in sentences, with summaries of it.
 *
 * @param id its name in its part
 * @param text that the sentences were cut from; null if it came in sentences
 * @param sentences at least one that is not blank, exactly as they were given
 * @param labels 1 for a sentence that belongs to the extract and 0 for another, one a sentence;
 *     empty where the data set does not say
 * @param references summaries that people wrote, a line a sentence; empty where there is none
 */
public record SummaryDocument(
    String id,
    @Nullable String text,
    List<String> sentences,
    List<Integer> labels,
    List<String> references)
    implements Example {

  /** Copies the lists. */
  public SummaryDocument {
    sentences = List.copyOf(sentences);
    labels = List.copyOf(labels);
    references = List.copyOf(references);
    if (!hasText(sentences)) {
      throw new IllegalArgumentException("document " + id + " has no sentence");
    }
    if (!labels.isEmpty() && labels.size() != sentences.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d labels for %d sentences", labels.size(), sentences.size()));
    }
  }

  /** Whether one of some texts is not blank. */
  public static boolean hasText(List<String> texts) {
    return texts.stream().anyMatch(text -> !text.isBlank());
  }

  @Override
  public boolean hasLabel() {
    return !references.isEmpty();
  }

  /** Sentences as a summary: a line each, in the given order, white space as single spaces. */
  public String lines(List<Integer> chosen) {
    return String.join(
        "\n",
        chosen.stream()
            .map(sentence -> sentences.get(sentence).strip().replaceAll("\\s+", " "))
            .toList());
  }
}
