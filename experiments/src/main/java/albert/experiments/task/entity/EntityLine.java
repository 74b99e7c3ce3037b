package albert.experiments.task.entity;

import albert.datasets.JsonLine;
import albert.datasets.entity.ConllFile;
import albert.datasets.entity.TaggedSentence;
import albert.evaluation.metric.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict} writes of a sentence.
 *
 * @param words those of the line, or what its text was cut into
 * @param tags one a word
 * @param entities that the tags tell of, in their order; tags that are neither {@code O} nor {@code
 *     B-TYPE} and the like, which another model may have, tell of none
 */
public record EntityLine(List<String> words, List<String> tags, List<Found> entities) {
  /**
   * A word of a text: from a letter or digit to the last before white space, with an {@code @} or
   * {@code #} in front as messages have them; everything else is a word of its own, so that a full
   * stop is not taken into an entity.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "[@#]?[\\p{L}\\p{M}\\p{N}](?:\\S*[\\p{L}\\p{M}\\p{N}])?|\\S",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** Copies the lists. */
  public EntityLine {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    entities = List.copyOf(entities);
  }

  /**
   * An entity. Ends are exclusive.
   *
   * @param type of it
   * @param text exactly as in the line's text; of words, these with a space between them
   * @param startWord its first word, from 0
   * @param endWord the word after its last
   * @param start where it begins in the text, in code points; null of words
   * @param end where it ends there; null of words
   */
  public record Found(
      String type,
      String text,
      int startWord,
      int endWord,
      @Nullable Integer start,
      @Nullable Integer end) {}

  /**
   * Reads a line with either {@code words} or {@code text}.
   *
   * @throws albert.datasets.DataFormatException with its place, if it has none or both of them
   */
  public static TaggedSentence read(JsonLine line) {
    if (!line.object().has("words")) {
      String text = line.text("text");
      List<String> cut = WORD.matcher(text).results().map(MatchResult::group).toList();
      return new TaggedSentence(line.place(), text, cut, List.of());
    }
    if (line.object().has("text")) {
      throw line.problem("has both words and text, needed is " + line.needed());
    }
    return new TaggedSentence(line.place(), null, line.texts("words"), List.of());
  }

  /** What is said of a sentence. */
  public static EntityLine of(TaggedSentence sentence, List<String> tags) {
    List<String> known =
        tags.stream().map(tag -> ConllFile.isTag(tag) ? tag : ConllFile.OUTSIDE).toList();
    List<Entity> entities = Entity.of(known);
    String text = sentence.text();
    return new EntityLine(
        sentence.words(),
        tags,
        text == null
            ? entities.stream().map(entity -> found(sentence.words(), entity)).toList()
            : found(text, sentence.words(), entities));
  }

  private static Found found(List<String> words, Entity entity) {
    String text = String.join(" ", words.subList(entity.begin(), entity.end()));
    return new Found(entity.type(), text, entity.begin(), entity.end(), null, null);
  }

  private static List<Found> found(String text, List<String> words, List<Entity> entities) {
    int[] starts = new int[words.size()];
    int[] ends = new int[words.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = text.indexOf(words.get(i), i == 0 ? 0 : ends[i - 1]);
      ends[i] = starts[i] + words.get(i).length();
    }
    List<Found> found = new ArrayList<>();
    int last = 0;
    int codePoints = 0;
    for (Entity entity : entities) {
      int start = starts[entity.begin()];
      int end = ends[entity.end() - 1];
      int first = codePoints + text.codePointCount(last, start);
      codePoints = first + text.codePointCount(start, end);
      last = end;
      found.add(
          new Found(
              entity.type(),
              text.substring(start, end),
              entity.begin(),
              entity.end(),
              first,
              codePoints));
    }
    return found;
  }
}
