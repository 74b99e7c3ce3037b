package albert.datasets.text;

import albert.datasets.DataFormatException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A {@code tokenizer.json} made safe: special tokens are renamed to what no text holds, so that
 * text never becomes one and every other id stays where it is; truncation, padding and the
 * post-processor are taken out.
 */
final class TokenizerJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Two code points that Unicode guarantees never to be characters. */
  private static final String HIDDEN = "\uffff\ufffe";

  private final String name;
  private final ObjectNode root;
  private final ObjectNode model;
  private final Set<String> special;
  private final Vocabulary vocabulary;

  private TokenizerJson(String name, ObjectNode root, ObjectNode model) {
    this.name = name;
    this.root = root;
    this.model = model;
    this.special = special();
    this.vocabulary = new Vocabulary(name, pieces());
    hideSpecial();
    root.remove(List.of("truncation", "padding", "post_processor"));
  }

  /**
   * @param name of the file, for messages
   * @throws DataFormatException if it is no tokenizer, or lacks a special token
   */
  static TokenizerJson parse(String name, byte[] bytes) {
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      String problem = "it is not JSON: " + e.getOriginalMessage();
      throw e.getLocation() == null
          ? new DataFormatException(name, problem)
          : new DataFormatException(name, e.getLocation().getLineNr(), problem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (root instanceof ObjectNode object && object.get("model") instanceof ObjectNode model) {
      return new TokenizerJson(name, object, model);
    }
    throw new DataFormatException(name, "it has no object \"model\", expected a tokenizer.json");
  }

  private Set<String> special() {
    Set<String> found = new HashSet<>(Vocabulary.SPECIAL_SPELLINGS);
    for (JsonNode token : root.path("added_tokens")) {
      if (token.path("special").asBoolean()) {
        found.add(token.path("content").asText());
      }
    }
    if (model.path("unk_token").isTextual()) {
      found.add(model.path("unk_token").asText());
    }
    return found;
  }

  private List<String> pieces() {
    Map<Integer, String> byId = new TreeMap<>();
    JsonNode vocab = model.path("vocab");
    if (vocab.isArray()) {
      vocab.forEach(entry -> byId.put(byId.size(), entry.path(0).asText()));
    } else {
      vocab.properties().forEach(piece -> byId.put(id(piece.getValue()), piece.getKey()));
    }
    for (JsonNode token : root.path("added_tokens")) {
      byId.put(id(token.path("id")), token.path("content").asText());
    }
    List<String> pieces = new ArrayList<>(byId.values());
    if (!byId.isEmpty() && byId.size() - 1 != new ArrayList<>(byId.keySet()).get(byId.size() - 1)) {
      throw new DataFormatException(name, "the ids of its vocabulary have gaps");
    }
    return pieces;
  }

  private int id(JsonNode node) {
    if (!node.canConvertToInt() || node.asInt() < 0) {
      throw new DataFormatException(
          name, String.format(Locale.ROOT, "a piece has the id %s, expected 0 or more", node));
    }
    return node.asInt();
  }

  private void hideSpecial() {
    JsonNode vocab = model.path("vocab");
    if (vocab instanceof ObjectNode pieces) {
      for (String piece : special) {
        JsonNode id = pieces.remove(piece);
        if (id != null) {
          pieces.set(HIDDEN + piece, id);
        }
      }
    } else {
      vocab.forEach(
          entry -> {
            if (entry instanceof ArrayNode pair && special.contains(pair.path(0).asText())) {
              pair.set(0, MAPPER.getNodeFactory().textNode(HIDDEN + pair.path(0).asText()));
            }
          });
    }
    for (JsonNode token : root.path("added_tokens")) {
      if (token instanceof ObjectNode added && special.contains(added.path("content").asText())) {
        added.put("content", HIDDEN + added.path("content").asText());
      }
    }
    if (model.path("unk_token").isTextual()) {
      model.put("unk_token", HIDDEN + model.path("unk_token").asText());
    }
  }

  /** The text with the mark of hidden names as another code point that is no character either. */
  static String withoutHidden(String text) {
    return text.replace('\uffff', '\ufffe');
  }

  /** Under their own names. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Whether a text can be cut at a space and its parts encoded one by one, as BERT's can. */
  boolean endsWordsAtSpaces() {
    boolean onlySpecialAdded = true;
    for (JsonNode token : root.path("added_tokens")) {
      onlySpecialAdded &= token.path("content").asText().startsWith(HIDDEN);
    }
    return onlySpecialAdded
        && model.path("type").asText().equals("WordPiece")
        && root.path("normalizer").path("type").asText().equals("BertNormalizer")
        && root.path("pre_tokenizer").path("type").asText().equals("BertPreTokenizer");
  }

  /** The file for the library. */
  byte[] bytes() {
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
