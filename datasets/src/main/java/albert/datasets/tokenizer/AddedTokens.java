package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The tokens beside a vocabulary, with the ids that Hugging Face's library gives them: a piece
 * keeps its id, any other gets the next free one.
 */
final class AddedTokens {
  private final String file;
  private final Map<String, Integer> vocabulary;
  private final int pieces;
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private boolean changed;

  /**
   * None yet.
   *
   * @param file for messages
   * @param vocabulary ids by piece
   * @param pieces how many ids they have, more than the vocabulary's where a piece stands twice
   */
  AddedTokens(String file, Map<String, Integer> vocabulary, int pieces) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.pieces = pieces;
  }

  /** Takes one over that has its id already. */
  void keep(AddedToken token, int id) {
    tokens.put(token.content(), token);
    ids.put(token.content(), id);
  }

  /**
   * Adds one, or gives the one of this text other flags.
   *
   * @param said the id that a file gives it
   * @throws DataFormatException if that is not the one it gets
   */
  void add(AddedToken token, OptionalInt said) {
    int id = id(token.content());
    if (said.isPresent() && said.getAsInt() != id) {
      throw new DataFormatException(
          file,
          String.format(
              Locale.ROOT,
              "the added token '%s' has the id %d in the files beside it, but transformers gives it"
                  + " %d, the id of its piece or the next free one; allowed is %d",
              token.content(),
              said.getAsInt(),
              id,
              id));
    }
    changed |= !token.equals(tokens.get(token.content()));
    keep(token, id);
  }

  /** Adds those whose text is not there yet. */
  void addMissing(Collection<AddedToken> more) {
    for (AddedToken token : more) {
      if (!tokens.containsKey(token.content())) {
        add(token, OptionalInt.empty());
      }
    }
  }

  /** Whether any was added to those that were kept. */
  boolean isChanged() {
    return changed;
  }

  private int id(String content) {
    Integer known = ids.getOrDefault(content, vocabulary.get(content));
    if (known != null) {
      return known;
    }
    if (pieces != vocabulary.size()) {
      throw new DataFormatException(
          file,
          String.format(
              Locale.ROOT,
              "%d of its %d pieces stand there twice, so that the added token '%s' has no id of its"
                  + " own; needed is a vocabulary without repeated pieces",
              pieces - vocabulary.size(),
              pieces,
              content));
    }
    int next = pieces;
    for (int id : ids.values()) {
      next = Math.max(next, id + 1);
    }
    return next;
  }

  /** As {@code tokenizer.json} lists them, by id. */
  ArrayNode entries() {
    Map<Integer, AddedToken> byId = new TreeMap<>();
    tokens.forEach((content, token) -> byId.put(ids.getOrDefault(content, 0), token));
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    byId.forEach((id, token) -> entries.add(token.entry(id)));
    return entries;
  }
}
