package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The pieces in a {@code tokenizer.json}. */
final class TokenizerVocabulary {
  private TokenizerVocabulary() {}

  /**
   * The vocabulary of its model by id. Added tokens may close its gaps, and stand there then.
   *
   * @throws DataFormatException if its ids are none
   */
  static List<String> pieces(String name, JsonNode root) {
    JsonNode vocab = root.path("model").path("vocab");
    Map<Integer, String> byId = new TreeMap<>();
    if (vocab.isArray()) {
      vocab.forEach(entry -> byId.put(byId.size(), entry.path(0).asText()));
    } else {
      vocab.properties().forEach(piece -> byId.put(id(name, piece.getValue()), piece.getKey()));
    }
    int last = byId.isEmpty() ? -1 : ((TreeMap<Integer, String>) byId).lastKey();
    for (JsonNode token : root.path("added_tokens")) {
      int id = id(name, token.path("id"));
      if (id < last) {
        byId.putIfAbsent(id, token.path("content").asText());
      }
    }
    return withoutGaps(name, byId);
  }

  /** The vocabulary of a WordPiece model. */
  static List<String> wordPieces(String name, JsonNode root) {
    JsonNode model = root.path("model");
    if (!model.path("vocab").isObject()
        || !model.path("type").asText("WordPiece").equals("WordPiece")) {
      throw new DataFormatException(
          name,
          String.format(
              Locale.ROOT,
              "its model is %s, but tokenizer_config.json says BertTokenizer, whose model is"
                  + " WordPiece",
              model.path("type").asText("none")));
    }
    return pieces(name, root);
  }

  /** With the added tokens, each at its id. */
  static List<String> withAdded(String name, List<String> pieces, JsonNode added) {
    Map<Integer, String> byId = new TreeMap<>();
    pieces.forEach(piece -> byId.put(byId.size(), piece));
    added.forEach(t -> byId.put(id(name, t.path("id")), t.path("content").asText()));
    return withoutGaps(name, byId);
  }

  private static List<String> withoutGaps(String name, Map<Integer, String> byId) {
    int expected = 0;
    for (int id : byId.keySet()) {
      if (id != expected++) {
        throw new DataFormatException(name, "the ids of its vocabulary have gaps");
      }
    }
    return new ArrayList<>(byId.values());
  }

  private static int id(String name, JsonNode node) {
    if (!node.canConvertToInt() || node.asInt() < 0) {
      throw new DataFormatException(
          name, String.format(Locale.ROOT, "a piece has the id %s, expected 0 or more", node));
    }
    return node.asInt();
  }
}
