package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import albert.datasets.tokenizer.TokenizerSettings.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The tokenizer that transformers 5 makes of a vocabulary and the files beside it, which is run by
 * the same native library. {@code BertTokenizer} and {@code AlbertTokenizer} take of a {@code
 * tokenizer.json} the vocabulary alone and all else from {@code tokenizer_config.json}; {@code
 * PreTrainedTokenizerFast} takes it as it is.
 */
final class HuggingFaceBuilder {
  private static final Map<String, String> BERT_NAMES =
      names("[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]");
  private static final Map<String, String> ALBERT_NAMES =
      names("<unk>", "[SEP]", "<pad>", "[CLS]", "[MASK]");

  private final Path file;
  private final TokenizerSettings settings;
  private final boolean specialInText;
  private final List<String> notes = new ArrayList<>();

  HuggingFaceBuilder(Path file, TokenizerSettings settings, boolean specialInText) {
    this.file = file;
    this.settings = settings;
    this.specialInText = specialInText && !settings.splitSpecial();
    notes.addAll(settings.notes());
  }

  private static Map<String, String> names(
      String unk, String sep, String pad, String cls, String mask) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("unk_token", unk);
    names.put("sep_token", sep);
    names.put("pad_token", pad);
    names.put("cls_token", cls);
    names.put("mask_token", mask);
    return names;
  }

  /**
   * Builds and opens it.
   *
   * @throws DataFormatException if the files do not belong together, or are malformed
   */
  JsonTokenizer open() {
    String name = file.toString();
    if (name.endsWith(".txt")) {
      check(Kind.BERT, "vocab.txt");
      return bert(WordPieceTokenizer.pieces(file), List.of());
    }
    if (name.endsWith(".model")) {
      check(Kind.ALBERT, "a SentencePiece model");
      return albert(Unigram.of(name, SentencePieceModel.read(name, bytes())), List.of());
    }
    ObjectNode root = TokenizerJson.parse(name, bytes());
    List<JsonNode> added = new ArrayList<>();
    root.path("added_tokens").forEach(added::add);
    return switch (kind(root)) {
      case BERT -> bert(TokenizerVocabulary.wordPieces(name, root), added);
      case ALBERT -> albert(Unigram.of(name, root), added);
      case FAST, UNSAID -> fast(root, added);
    };
  }

  /** Without {@code tokenizer_config.json} a {@code tokenizer.json} stands for itself. */
  private Kind kind(ObjectNode root) {
    if (!settings.config()) {
      return Kind.FAST;
    }
    if (settings.kind() != Kind.UNSAID) {
      return settings.kind();
    }
    return root.path("model").path("vocab").isArray() ? Kind.ALBERT : Kind.BERT;
  }

  private void check(Kind kind, String what) {
    if (settings.kind() != Kind.UNSAID && settings.kind() != kind) {
      throw new DataFormatException(
          file.toString(),
          String.format(
              Locale.ROOT,
              "tokenizer_class beside it is %s, whose file is %s, but this is %s",
              settings.kind() == Kind.BERT
                  ? "BertTokenizer"
                  : settings.kind() == Kind.ALBERT ? "AlbertTokenizer" : "PreTrainedTokenizerFast",
              settings.kind() == Kind.BERT
                  ? "vocab.txt or tokenizer.json"
                  : settings.kind() == Kind.ALBERT
                      ? "spiece.model or tokenizer.json"
                      : "tokenizer.json",
              what));
    }
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonTokenizer bert(List<String> pieces, List<JsonNode> inFile) {
    ObjectNode root = TokenizerModels.empty();
    TokenizerModels.bert(root, pieces, lowerCase(pieces), settings, name(BERT_NAMES, "unk_token"));
    AddedTokens added = new AddedTokens(file.toString(), ids(pieces), pieces.size());
    addAll(added, inFile, BERT_NAMES, List.of());
    return open(root, added, pieces, BERT_NAMES);
  }

  private JsonTokenizer albert(Unigram unigram, List<JsonNode> inFile) {
    ObjectNode root = TokenizerModels.empty();
    TokenizerModels.albert(root, unigram, lowerCase(unigram.pieces()), settings);
    List<String> pieces = unigram.pieces();
    AddedTokens added = new AddedTokens(file.toString(), ids(pieces), pieces.size());
    addAll(added, inFile, ALBERT_NAMES, unigram.added());
    return open(root, added, pieces, ALBERT_NAMES);
  }

  private JsonTokenizer fast(ObjectNode root, List<JsonNode> inFile) {
    List<String> pieces = TokenizerVocabulary.pieces(file.toString(), root);
    AddedTokens added = new AddedTokens(file.toString(), ids(pieces), pieces.size());
    inFile.forEach(entry -> added.keep(AddedToken.ofEntry(entry), entry.path("id").asInt()));
    addAll(added, List.of(), Map.of(), List.of());
    if (!settings.config() && !root.path("normalizer").path("lowercase").asBoolean(true)) {
      notes.add(
          "tokenizer.json keeps capitals, and so does this; transformers lower-cases where there is"
              + " no tokenizer_config.json with do_lower_case");
    }
    return open(root, added, pieces, Map.of());
  }

  /** In the order of {@code tokenization_utils_tokenizers.py:TokenizersBackend.__init__}. */
  private void addAll(
      AddedTokens added,
      List<JsonNode> inFile,
      Map<String, String> usual,
      List<AddedToken> otherwiseExtra) {
    Map<Integer, AddedToken> byId = new TreeMap<>(settings.added());
    if (!settings.addedByConfig()) {
      inFile.forEach(entry -> byId.put(entry.path("id").asInt(), AddedToken.ofEntry(entry)));
    }
    byId.forEach((id, token) -> added.add(asNamed(token, usual), OptionalInt.of(id)));
    Map<String, AddedToken> named = new LinkedHashMap<>();
    usual.forEach((key, content) -> named.put(key, AddedToken.special(content)));
    named.putAll(settings.named());
    added.addMissing(named.values());
    added.addMissing(settings.extra().orElse(otherwiseExtra));
  }

  private AddedToken asNamed(AddedToken token, Map<String, String> usual) {
    return names(usual).containsValue(token.content()) ? token.asSpecial() : token;
  }

  /** What special tokens are called, by key. */
  private Map<String, String> names(Map<String, String> usual) {
    Map<String, String> names = new LinkedHashMap<>(usual);
    settings.named().forEach((key, token) -> names.put(key, token.content()));
    return names;
  }

  private String name(Map<String, String> usual, String key) {
    return names(usual).getOrDefault(key, "");
  }

  private JsonTokenizer open(
      ObjectNode root, AddedTokens added, List<String> pieces, Map<String, String> usual) {
    if (added.isChanged()) {
      root.set("added_tokens", added.entries());
    }
    TokenizerJson json =
        TokenizerJson.of(file.toString(), root, pieces, names(usual), specialInText);
    List<String> stay = json.specialThatStayText();
    if (!specialInText && !stay.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s in text %s text, as every special token does; --special-in-text (special_in_text:"
                  + " true) gives %s in text",
              String.join(", ", stay),
              stay.size() == 1 ? "stays" : "stay",
              stay.size() == 1 ? "its id to it" : "their ids to them"));
    }
    return JsonTokenizer.open(file.toString(), json, notes);
  }

  /** transformers' default is to lower-case; where no file speaks for it the vocabulary decides. */
  private boolean lowerCase(List<String> pieces) {
    boolean guess = Vocabulary.isUncased(pieces);
    if (settings.lowerCase().isPresent()) {
      return settings.lowerCase().get();
    }
    if (!settings.config()) {
      notes.add(TokenizerNotes.guessed(guess));
      return guess;
    }
    if (!guess) {
      notes.add(
          "tokenizer_config.json has no do_lower_case, so text is lower-cased, as transformers does,"
              + " though the vocabulary has capitals");
    }
    return true;
  }

  private static Map<String, Integer> ids(List<String> pieces) {
    Map<String, Integer> ids = new HashMap<>(2 * pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    return ids;
  }
}
