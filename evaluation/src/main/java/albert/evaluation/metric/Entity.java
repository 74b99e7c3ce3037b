package albert.evaluation.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * A named entity in a sentence.
 *
 * @param type as its tags say it
 * @param begin index of its first word
 * @param end index after its last
 */
public record Entity(String type, int begin, int end) {

  /**
   * The entities that the tags of a sentence tell of, in their order, as conlleval and seqeval's
   * default mode read them. Tags are {@code O}, {@code B-TYPE}, {@code I-TYPE}, and in the IOBES
   * scheme {@code E-TYPE} and {@code S-TYPE}, which BILOU calls {@code L-TYPE} and {@code U-TYPE};
   * an {@code I-} that nothing precedes opens an entity.
   *
   * @throws IllegalArgumentException if a tag is empty
   */
  public static List<Entity> of(List<String> tags) {
    List<Entity> entities = new ArrayList<>();
    Tag before = Tag.OUTSIDE;
    int begin = 0;
    for (int i = 0; i <= tags.size(); i++) {
      Tag tag = i < tags.size() ? Tag.parse(tags.get(i)) : Tag.OUTSIDE;
      if (before.endsBefore(tag)) {
        entities.add(new Entity(before.type(), begin, i));
      }
      if (tag.opensAfter(before)) {
        begin = i;
      }
      before = tag;
    }
    return entities;
  }

  private record Tag(char prefix, String type) {
    static final Tag OUTSIDE = new Tag('O', "");

    static Tag parse(String tag) {
      if (tag.isEmpty()) {
        throw new IllegalArgumentException("a tag is empty, allowed are O, B-TYPE and I-TYPE");
      }
      String rest = tag.substring(1);
      return rest.startsWith("-")
          ? new Tag(iobes(tag.charAt(0)), rest.substring(1))
          : new Tag(tag.charAt(0), rest);
    }

    private static char iobes(char prefix) {
      return switch (prefix) {
        case 'L' -> 'E';
        case 'U' -> 'S';
        default -> prefix;
      };
    }

    boolean outside() {
      return prefix == 'O';
    }

    /** Whether an entity that this tag is in ends before the next tag. */
    boolean endsBefore(Tag next) {
      return !outside()
          && (prefix == 'E'
              || prefix == 'S'
              || next.prefix == 'B'
              || next.prefix == 'S'
              || next.outside()
              || !type.equals(next.type));
    }

    /** Whether this tag opens an entity after the one before. */
    boolean opensAfter(Tag before) {
      return !outside()
          && (prefix == 'B' || prefix == 'S' || before.outside() || before.endsBefore(this));
    }
  }
}
