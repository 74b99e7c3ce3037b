package albert.datasets.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the files beside a tokenizer as transformers 5.24 does ({@code
 * tokenization_utils_base.py:_from_pretrained}). Keys that change no id are accepted; those that
 * change ids in transformers' older tokenizers written in Python, and that transformers 5 passes
 * over, are refused unless they say what is done anyway.
 */
final class SettingsReader {
  /** In transformers' order. */
  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  /** What may be said besides null. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("do_basic_tokenize", Set.of("true")),
          Map.entry("clean_text", Set.of("true")),
          Map.entry("wordpieces_prefix", Set.of("\"##\"")),
          Map.entry("max_input_chars_per_word", Set.of("100")),
          Map.entry("word_tokenizer_type", Set.of("\"basic\"")),
          Map.entry("subword_tokenizer_type", Set.of("\"wordpiece\"")),
          Map.entry("sp_model_kwargs", Set.of("{}")),
          Map.entry("init_inputs", Set.of("[]")),
          Map.entry("auto_map", Set.of("{}")),
          Map.entry("fast_tokenizer_files", Set.of("[]", "[\"tokenizer.json\"]")));

  private static final String EXTRA = "extra_special_tokens";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final String DECODER = "added_tokens_decoder";

  private final CompanionFile config;
  private final CompanionFile map;
  private final CompanionFile added;
  private final CompanionFile model;
  private final Map<String, AddedToken> named = new LinkedHashMap<>();
  private final SortedMap<Integer, AddedToken> byId = new TreeMap<>();

  SettingsReader(Path tokenizer) {
    config = CompanionFile.read(tokenizer.resolveSibling("tokenizer_config.json"));
    map = CompanionFile.read(tokenizer.resolveSibling("special_tokens_map.json"));
    added = CompanionFile.read(tokenizer.resolveSibling("added_tokens.json"));
    model = CompanionFile.read(tokenizer.resolveSibling("config.json"));
  }

  TokenizerSettings read() {
    ALLOWED.forEach(this::checkAllowed);
    boolean legacy = !config.has(DECODER);
    readNamed(legacy);
    Optional<List<AddedToken>> extra = extra(legacy);
    if (legacy) {
      readAdded(extra.orElse(List.of()));
    } else {
      readDecoder();
    }
    checkNeverSplit(extra.orElse(List.of()));
    return new TokenizerSettings(
        config.isThere() || map.isThere() || added.isThere(),
        config.isThere(),
        kind(),
        config.flag("do_lower_case"),
        config.flag("strip_accents"),
        config.flag("tokenize_chinese_chars").orElse(true),
        config.flag("keep_accents").orElse(false),
        config.flag("add_prefix_space").orElse(true),
        config.flag("split_special_tokens").orElse(false),
        googleRules(),
        named,
        extra,
        byId,
        !legacy,
        notes());
  }

  private void checkAllowed(String key, Set<String> allowed) {
    if (config.has(key) && !allowed.contains(config.value(key).toString())) {
      throw config.problem(
          key, String.join(" or ", allowed) + ": another value changes ids in a way not supported");
    }
  }

  private void readNamed(boolean legacy) {
    for (String key : NAMED) {
      Optional<AddedToken> said = config.token(key);
      if (legacy && map.has(key)) {
        said = map.token(key);
      }
      said.map(AddedToken::asSpecial).ifPresent(token -> named.put(key, token));
    }
    for (Map.Entry<String, JsonNode> entry : config.entries()) {
      String key = entry.getKey();
      boolean token = entry.getValue().isTextual() || entry.getValue().isObject();
      if (key.endsWith("_token") && !NAMED.contains(key) && token) {
        config.token(key).ifPresent(own -> named.put(key, own));
      }
    }
    if (config.value(EXTRA).isObject()) {
      config.tokens(EXTRA).forEach(own -> named.put(EXTRA + "." + own.content(), own));
    }
    if (legacy && map.value(EXTRA).isObject()) {
      map.tokens(EXTRA).forEach(own -> named.put(EXTRA + "." + own.content(), own));
    }
  }

  private Optional<List<AddedToken>> extra(boolean legacy) {
    List<AddedToken> extra = new ArrayList<>();
    boolean there = true;
    if (config.has(EXTRA) && config.value(EXTRA).isArray()) {
      extra.addAll(config.tokens(EXTRA));
    }
    if (extra.isEmpty() && config.has(ADDITIONAL)) {
      extra.addAll(config.tokens(ADDITIONAL));
    } else if (!config.value(EXTRA).isArray()) {
      there = false;
    }
    if (legacy && map.value(EXTRA).isArray()) {
      map.tokens(EXTRA).stream().filter(token -> !extra.contains(token)).forEach(extra::add);
      there = true;
    }
    if (legacy && !there && map.has(ADDITIONAL)) {
      extra.addAll(map.tokens(ADDITIONAL));
      there = true;
    }
    return there ? Optional.of(extra) : Optional.empty();
  }

  private void readDecoder() {
    if (!config.value(DECODER).isObject()) {
      throw config.problem(DECODER, "an object with tokens by id");
    }
    for (Map.Entry<String, JsonNode> entry : config.value(DECODER).properties()) {
      if (!entry.getKey().matches("[0-9]{1,9}")) {
        throw config.problem(
            String.format(
                Locale.ROOT,
                "%s has the id '%s', allowed is a whole number",
                DECODER,
                entry.getKey()));
      }
      AddedToken token = config.token(DECODER + "." + entry.getKey(), entry.getValue(), false);
      byId.put(Integer.parseInt(entry.getKey()), asNamed(token));
    }
  }

  private AddedToken asNamed(AddedToken token) {
    boolean name = named.values().stream().anyMatch(own -> own.content().equals(token.content()));
    return name ? token.asSpecial() : token;
  }

  /**
   * The ids of added tokens; which of them are special the other files say. Those that {@code
   * special_tokens_map.json} alone lists are looked for in the normalised text, as transformers 5
   * does.
   */
  private void readAdded(List<AddedToken> extra) {
    Set<String> special = new HashSet<>();
    NAMED.forEach(
        key -> Optional.ofNullable(named.get(key)).ifPresent(t -> special.add(t.content())));
    Set<String> listed = new HashSet<>(special);
    extra.forEach(token -> listed.add(token.content()));
    if (config.has(EXTRA) || config.has(ADDITIONAL) || map.has(EXTRA)) {
      special.addAll(listed);
    }
    for (Map.Entry<String, JsonNode> entry : added.entries()) {
      String content = entry.getKey();
      JsonNode id = entry.getValue();
      if (content.isEmpty() || !id.isInt() || id.intValue() < 0) {
        throw added.problem(content, "a token with its id, 0 or more");
      }
      AddedToken before =
          byId.put(
              id.intValue(),
              new AddedToken(
                  content,
                  listed.contains(content),
                  !special.contains(content),
                  false,
                  false,
                  false));
      if (before != null) {
        throw added.problem(
            String.format(
                Locale.ROOT,
                "'%s' and '%s' have the id %d, allowed is one token an id",
                before.content(),
                content,
                id.intValue()));
      }
    }
  }

  /** A word that is a token anyway may be said not to be split. */
  private void checkNeverSplit(List<AddedToken> extra) {
    if (config.has("never_split") && !config.value("never_split").isArray()) {
      throw config.problem("never_split", "null or a list of words");
    }
    Set<String> whole = new HashSet<>(Vocabulary.SPECIAL_SPELLINGS);
    named.values().forEach(token -> whole.add(token.content()));
    extra.forEach(token -> whole.add(token.content()));
    byId.values().forEach(token -> whole.add(token.content()));
    for (JsonNode word : config.value("never_split")) {
      if (!whole.contains(word.asText())) {
        throw config.problem(
            "never_split",
            "null, or added tokens: other words change ids in a way not supported; added_tokens.json"
                + " keeps a word whole");
      }
    }
  }

  private TokenizerSettings.Kind kind() {
    CompanionFile file = config.has("tokenizer_class") ? config : model;
    String name = file.text("tokenizer_class").orElse("");
    return switch (name) {
      case "" -> TokenizerSettings.Kind.UNSAID;
      case "BertTokenizer", "BertTokenizerFast" -> TokenizerSettings.Kind.BERT;
      case "AlbertTokenizer", "AlbertTokenizerFast" -> TokenizerSettings.Kind.ALBERT;
      case "PreTrainedTokenizerFast", "TokenizersBackend" -> TokenizerSettings.Kind.FAST;
      default ->
          throw file.problem(
              "tokenizer_class",
              "BertTokenizer, AlbertTokenizer, PreTrainedTokenizerFast (each also with Fast) or"
                  + " TokenizersBackend");
    };
  }

  private boolean googleRules() {
    Optional<String> rules = config.text(TokenizerConfigFile.RULES);
    if (rules.isPresent() && !rules.get().equals(TokenizerConfigFile.GOOGLE)) {
      throw config.problem(TokenizerConfigFile.RULES, TokenizerConfigFile.GOOGLE);
    }
    return rules.isPresent();
  }

  private List<String> notes() {
    return config.text("truncation_side").orElse("right").equals("left")
        ? List.of("truncation_side of tokenizer_config.json is left; texts are cut at their end")
        : List.of();
  }
}
