package albert.datasets.tokenizer;

import albert.datasets.DataFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pieces of a vocabulary by id, and which of them are special. */
final class Vocabulary {
  private static final List<String> CLS = List.of("[CLS]", "<s>");
  private static final List<String> SEP = List.of("[SEP]", "</s>");
  private static final List<String> PAD = List.of("[PAD]", "<pad>");
  private static final List<String> MASK = List.of("[MASK]", "<mask>");
  private static final List<String> UNK = List.of("[UNK]", "<unk>");

  /** Every spelling of a special token. */
  static final Set<String> SPECIAL_SPELLINGS =
      Set.of(
          "[CLS]", "<s>", "[SEP]", "</s>", "[PAD]", "<pad>", "[MASK]", "<mask>", "[UNK]", "<unk>");

  private final List<String> pieces;
  private final Map<String, Integer> ids;
  private final SpecialTokens specialTokens;

  /**
   * One whose special tokens have the usual names.
   *
   * @param file for messages
   * @param pieces by id; a piece that stands twice has its last id, as in the reference
   * @throws DataFormatException if there are none, or a special token is missing
   */
  Vocabulary(String file, List<String> pieces) {
    this(file, pieces, Map.of());
  }

  /**
   * One whose special tokens may have other names.
   *
   * @param file for messages
   * @param pieces by id
   * @param names of special tokens by transformers' keys, {@code cls_token}
   * @throws DataFormatException if there are none, or a special token is missing
   */
  Vocabulary(String file, List<String> pieces, Map<String, String> names) {
    if (pieces.isEmpty()) {
      throw new DataFormatException(file, "there is no piece in it, expected a vocabulary");
    }
    this.pieces = List.copyOf(pieces);
    this.ids = new HashMap<>(2 * pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    this.specialTokens =
        new SpecialTokens(
            special(file, spellings(names, "cls_token", CLS)),
            special(file, spellings(names, "sep_token", SEP)),
            special(file, spellings(names, "pad_token", PAD)),
            special(file, spellings(names, "mask_token", MASK)),
            special(file, spellings(names, "unk_token", UNK)));
  }

  private static List<String> spellings(Map<String, String> names, String key, List<String> usual) {
    String name = names.get(key);
    return name == null ? usual : List.of(name);
  }

  private int special(String file, List<String> spellings) {
    for (String spelling : spellings) {
      Integer id = ids.get(spelling);
      if (id != null) {
        return id;
      }
    }
    throw new DataFormatException(
        file,
        String.format(
            Locale.ROOT,
            "none of its %d pieces is %s, which a vocabulary for these models has",
            pieces.size(),
            String.join(" or ", spellings)));
  }

  /**
   * Whether text is lower-cased for it: no piece apart from special and {@code [unused…]} ones has
   * a letter that lower-casing changes.
   */
  boolean isUncased() {
    return isUncased(pieces);
  }

  /** The same of the pieces of a vocabulary. */
  static boolean isUncased(List<String> pieces) {
    return pieces.stream()
        .filter(piece -> !piece.startsWith("[") && !SPECIAL_SPELLINGS.contains(piece))
        .allMatch(piece -> piece.equals(piece.toLowerCase(Locale.ROOT)));
  }

  int size() {
    return pieces.size();
  }

  SpecialTokens specialTokens() {
    return specialTokens;
  }

  String piece(int id) {
    return pieces.get(id);
  }

  OptionalInt id(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  List<String> pieces() {
    return pieces;
  }

  /** The id of a piece, without a box for hot loops. */
  @Nullable Integer idOrNull(String piece) {
    return ids.get(piece);
  }
}
