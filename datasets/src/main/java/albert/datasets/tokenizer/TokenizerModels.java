package albert.datasets.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a {@code tokenizer.json} as transformers 5.24 builds them ({@code
 * tokenization_bert.py}, {@code tokenization_albert.py}).
 */
final class TokenizerModels {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_WORD = 100;

  private TokenizerModels() {}

  /** A file without parts. */
  static ObjectNode empty() {
    ObjectNode root = JSON.objectNode().put("version", "1.0");
    root.putArray("added_tokens");
    return root;
  }

  /** Puts BERT's parts in. */
  static void bert(
      ObjectNode root,
      List<String> pieces,
      boolean lowerCase,
      TokenizerSettings settings,
      String unk) {
    ObjectNode normalizer =
        typed("BertNormalizer")
            .put("clean_text", true)
            .put("handle_chinese_chars", settings.splitIdeographs());
    Optional<Boolean> strip = settings.stripAccents();
    if (strip.isPresent()) {
      normalizer.put("strip_accents", strip.get());
    } else {
      normalizer.putNull("strip_accents");
    }
    root.set("normalizer", normalizer.put("lowercase", lowerCase));
    root.set("pre_tokenizer", typed("BertPreTokenizer"));
    ObjectNode model =
        typed("WordPiece")
            .put("unk_token", unk)
            .put("continuing_subword_prefix", "##")
            .put("max_input_chars_per_word", LONGEST_WORD);
    ObjectNode vocab = model.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      vocab.put(pieces.get(id), id);
    }
    root.set("model", model);
  }

  /** Puts ALBERT's parts in. */
  static void albert(
      ObjectNode root, Unigram unigram, boolean lowerCase, TokenizerSettings settings) {
    ArrayNode normalizers = JSON.arrayNode().add(quotes("``")).add(quotes("''"));
    if (!settings.keepAccents()) {
      normalizers.add(typed("NFKD")).add(typed("StripAccents"));
    }
    if (lowerCase) {
      normalizers.add(typed("Lowercase"));
    }
    if (!unigram.charsMap().isEmpty()) {
      normalizers.add(typed("Precompiled").put("precompiled_charsmap", unigram.charsMap()));
    }
    root.set("normalizer", typed("Sequence").set("normalizers", normalizers));
    ObjectNode metaspace =
        typed("Metaspace")
            .put("replacement", "\u2581")
            .put("prepend_scheme", settings.prefixSpace() ? "always" : "never")
            .put("split", true);
    root.set(
        "pre_tokenizer",
        typed("Sequence")
            .set("pretokenizers", JSON.arrayNode().add(typed("WhitespaceSplit")).add(metaspace)));
    ObjectNode model = typed("Unigram").put("unk_id", 1);
    ArrayNode vocab = model.putArray("vocab");
    for (int id = 0; id < unigram.pieces().size(); id++) {
      vocab.add(JSON.arrayNode().add(unigram.pieces().get(id)).add(unigram.scores().get(id)));
    }
    root.set("model", model.put("byte_fallback", false));
  }

  private static ObjectNode quotes(String pattern) {
    ObjectNode replace = typed("Replace");
    replace.putObject("pattern").put("String", pattern);
    return replace.put("content", "\"");
  }

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }
}
