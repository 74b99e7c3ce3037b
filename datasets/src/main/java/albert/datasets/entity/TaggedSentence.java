package albert.datasets.entity;

import albert.datasets.task.Example;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence in words, each with a tag.
 *
 * @param id its number in its part, from 0
 * @param text that the words were taken from, in their order and all but white space; null if it
 *     came in words
 * @param words exactly as they were given
 * @param tags one a word; empty where they are not known
 */
public record TaggedSentence(
    String id, @Nullable String text, List<String> words, List<String> tags) implements Example {

  /** Copies both lists. */
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    if (!tags.isEmpty() && tags.size() != words.size()) {
      throw new IllegalArgumentException(tags.size() + " tags for " + words.size() + " words");
    }
  }

  @Override
  public boolean hasLabel() {
    return tags.size() == words.size();
  }
}
