package albert.datasets.tokenizer;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the files beside a tokenizer say of it: {@code tokenizer_config.json}, {@code
 * special_tokens_map.json} and {@code added_tokens.json}, as transformers 5 reads them.
 *
 * @param given whether any of these files is there
 * @param config whether {@code tokenizer_config.json} is there
 * @param kind whose tokenizer it is
 * @param lowerCase {@code do_lower_case}, where it is said
 * @param stripAccents {@code strip_accents}, where it is said: BERT's, else it follows {@code
 *     lowerCase}
 * @param splitIdeographs {@code tokenize_chinese_chars}
 * @param keepAccents {@code keep_accents}, ALBERT's
 * @param prefixSpace {@code add_prefix_space}, ALBERT's
 * @param splitSpecial {@code split_special_tokens}: special tokens in text stay text
 * @param googleRules whether text is cut as Google's code cuts it ({@link TokenizerConfigFile})
 * @param named special tokens by key ({@code cls_token}), in the order in which transformers adds
 *     them
 * @param extra further special tokens, where there is a list of them
 * @param added added tokens by id
 * @param addedByConfig whether these are {@code added_tokens_decoder}'s, in whose presence those of
 *     {@code tokenizer.json} do not count
 * @param notes what the user should know
 */
record TokenizerSettings(
    boolean given,
    boolean config,
    Kind kind,
    Optional<Boolean> lowerCase,
    Optional<Boolean> stripAccents,
    boolean splitIdeographs,
    boolean keepAccents,
    boolean prefixSpace,
    boolean splitSpecial,
    boolean googleRules,
    Map<String, AddedToken> named,
    Optional<List<AddedToken>> extra,
    SortedMap<Integer, AddedToken> added,
    boolean addedByConfig,
    List<String> notes) {

  /** Whose tokenizer it is: {@code tokenizer_class}. */
  enum Kind {
    /** BERT's. */
    BERT,
    /** ALBERT's. */
    ALBERT,
    /** The one that {@code tokenizer.json} describes. */
    FAST,
    /** No file says it. */
    UNSAID
  }

  /** The files whose companions are read: those under the names that transformers gives them. */
  private static final Set<String> OFFICIAL =
      Set.of("tokenizer.json", "spiece.model", "30k-clean.model", "vocab.txt");

  /** Nothing is said. */
  static final TokenizerSettings NONE =
      new TokenizerSettings(
          false,
          false,
          Kind.UNSAID,
          Optional.empty(),
          Optional.empty(),
          true,
          false,
          true,
          false,
          false,
          Map.of(),
          Optional.empty(),
          new TreeMap<>(),
          false,
          List.of());

  TokenizerSettings {
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    extra = extra.map(List::copyOf);
    added = Collections.unmodifiableSortedMap(new TreeMap<>(added));
    notes = List.copyOf(notes);
  }

  /**
   * Reads them.
   *
   * @throws albert.datasets.DataFormatException naming file and key, if a value is not what it
   *     should be, or changes ids in a way that is not supported
   */
  static TokenizerSettings beside(Path tokenizer) {
    String name = Objects.toString(tokenizer.getFileName(), "");
    return OFFICIAL.contains(name) ? new SettingsReader(tokenizer).read() : NONE;
  }

  /** Whether anything is said that Google's tokenizers do not know. */
  boolean needsHuggingFace() {
    return given && !googleRules;
  }
}
