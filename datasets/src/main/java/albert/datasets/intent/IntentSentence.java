package albert.datasets.intent;

import albert.datasets.entity.TaggedSentence;
import albert.datasets.task.Example;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said: words, each with the tag of a slot, and an intent for all of them.
 *
 * @param sentence words and tags
 * @param intent what is wanted; null where that is not known
 */
public record IntentSentence(TaggedSentence sentence, @Nullable String intent) implements Example {
  @Override
  public String id() {
    return sentence.id();
  }

  @Override
  public boolean hasLabel() {
    return intent != null && sentence.hasLabel();
  }

  /** The intent of a sentence that has one. */
  public String knownIntent() {
    return Objects.requireNonNull(intent);
  }
}
