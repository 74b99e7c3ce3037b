package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import albert.evaluation.record.JsonProblem;
import albert.evaluation.record.Sha256;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@code tokenizer.json} made safe: unless text may become special tokens, they are renamed to
 * what no text holds, and every other id stays where it is; truncation, padding and the
 * post-processor are taken out.
 */
final class TokenizerJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Two code points that Unicode guarantees never to be characters. */
  private static final String HIDDEN = "\uffff\ufffe";

  private final ObjectNode root;
  private final ObjectNode model;
  private final Set<String> special;
  private final boolean renamed;
  private final Vocabulary vocabulary;

  private TokenizerJson(
      ObjectNode root,
      ObjectNode model,
      Vocabulary vocabulary,
      Map<String, String> names,
      boolean specialInText) {
    this.root = root;
    this.model = model;
    this.special = special(names);
    this.vocabulary = vocabulary;
    this.renamed = !Vocabulary.SPECIAL_SPELLINGS.containsAll(names.values());
    if (!specialInText) {
      hideSpecial();
    }
    root.remove(List.of("truncation", "padding", "post_processor"));
  }

  /**
   * Makes a file's content safe.
   *
   * @param name of the file, for messages
   * @param root as {@link #parse} gives it, changed by this
   * @param pieces of the vocabulary by id, without the added tokens
   * @param names of special tokens by transformers' keys, where they are not the usual ones
   * @param specialInText whether text becomes special tokens
   * @throws DataFormatException if it lacks a special token
   */
  static TokenizerJson of(
      String name,
      ObjectNode root,
      List<String> pieces,
      Map<String, String> names,
      boolean specialInText) {
    List<String> all = TokenizerVocabulary.withAdded(name, pieces, root.path("added_tokens"));
    return new TokenizerJson(
        root,
        (ObjectNode) root.get("model"),
        new Vocabulary(name, all, names),
        names,
        specialInText);
  }

  /**
   * Reads a file's content.
   *
   * @param name of the file, for messages
   * @throws DataFormatException if it is no tokenizer
   */
  static ObjectNode parse(String name, byte[] bytes) {
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          name, JsonProblem.line(e), "it is not JSON: " + JsonProblem.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (root instanceof ObjectNode object && object.get("model") instanceof ObjectNode) {
      return object;
    }
    throw new DataFormatException(name, "it has no object \"model\", expected a tokenizer.json");
  }

  private Set<String> special(Map<String, String> names) {
    // sorted: the order of what is renamed is that of the file, and so decides its fingerprint
    Set<String> found = new TreeSet<>(Vocabulary.SPECIAL_SPELLINGS);
    found.addAll(names.values());
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

  /** Special tokens other than those that every model has, by id. */
  List<String> specialThatStayText() {
    SpecialTokens usual = vocabulary.specialTokens();
    Set<Integer> known =
        Set.copyOf(List.of(usual.cls(), usual.sep(), usual.pad(), usual.mask(), usual.unk()));
    List<String> found = new ArrayList<>();
    for (JsonNode token : root.path("added_tokens")) {
      String piece = vocabulary.piece(token.path("id").asInt());
      if (token.path("special").asBoolean()
          && !known.contains(token.path("id").asInt())
          && !Vocabulary.SPECIAL_SPELLINGS.contains(piece)) {
        found.add(piece);
      }
    }
    return found;
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

  /** Whether text is lower-cased, as far as one can tell from the normalizer. */
  boolean isLowerCasing() {
    JsonNode normalizer = root.path("normalizer");
    boolean lowerCasing = normalizer.path("lowercase").asBoolean(false);
    for (JsonNode part : normalizer.path("normalizers")) {
      lowerCasing |= part.path("type").asText().equals("Lowercase");
      lowerCasing |= part.path("lowercase").asBoolean(false);
    }
    return lowerCasing || normalizer.path("type").asText().equals("Lowercase");
  }

  /** SHA-256 of all that decides ids. */
  String fingerprint() {
    Sha256 hash = new Sha256().add("tokenizer.json").add(bytes());
    // the usual names follow from the vocabulary
    return (renamed ? hash.add(vocabulary.specialTokens().toString()) : hash).hex();
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
