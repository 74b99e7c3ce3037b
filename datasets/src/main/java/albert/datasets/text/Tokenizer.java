package albert.datasets.text;

import java.util.List;
import java.util.OptionalInt;

/**
 * From text to ids. Safe for use by several threads at once.
 *
 * <p>Text is data: {@code "[CLS]"} in it is five characters and does not become {@link
 * SpecialTokens#cls()}, unless the tokenizer was opened so that it does. Unpaired surrogates, NUL
 * and control characters are taken as the reference implementation takes them.
 */
public sealed interface Tokenizer extends AutoCloseable
    permits WordPieceTokenizer, SentencePieceTokenizer, JsonTokenizer {

  /**
   * The ids of a text's pieces, without special tokens and not cut.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  int[] encode(String text);

  /**
   * The same ids, and where in the text each piece comes from.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  TokenizedText encodeWithOffsets(String text);

  /** SHA-256 of all that decides which ids a text has: 64 hexadecimal digits. */
  String fingerprint();

  /** Whether text is lower-cased before it is cut. */
  boolean isLowerCasing();

  /** What the user should know of how ids are made, a line each. */
  List<String> notes();

  /** How many ids there are: ids are 0 to this, exclusive. */
  int vocabSize();

  /** The ids of the special tokens. */
  SpecialTokens specialTokens();

  /**
   * The piece of an id, as the vocabulary spells it ({@code ##ing}, {@code ▁the}, {@code [CLS]}).
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  String piece(int id);

  /** The id of a piece as the vocabulary spells it, or nothing. */
  OptionalInt id(String piece);

  /** Frees native memory, where there is any; may be called twice. */
  @Override
  void close();
}
