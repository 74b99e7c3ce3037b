package albert.datasets.tokenizer;

import albert.evaluation.record.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From text to ids. Safe for use by several threads at once.
 *
 * <p>Text is data: {@code "[CLS]"} in it is five characters and does not become {@link
 * SpecialTokens#cls()}, unless the tokenizer was opened so that it does. Unpaired surrogates, NUL
 * and control characters are taken as the reference implementation takes them.
 */
public abstract sealed class Tokenizer implements AutoCloseable
    permits WordPieceTokenizer, SentencePieceTokenizer, JsonTokenizer {
  final Vocabulary vocabulary;
  private final boolean lowerCasing;
  private final List<String> notes;
  private final String fingerprint;

  Tokenizer(Vocabulary vocabulary, boolean lowerCasing, List<String> notes, String fingerprint) {
    this.vocabulary = vocabulary;
    this.lowerCasing = lowerCasing;
    this.notes = List.copyOf(notes);
    this.fingerprint = fingerprint;
  }

  /**
   * A tokenizer that lower-cases as {@code lowerCase} says or, if that is empty, as its vocabulary
   * suggests.
   *
   * @param hash of everything else that decides which ids a text has
   */
  Tokenizer(Vocabulary vocabulary, Optional<Boolean> lowerCase, Sha256 hash) {
    boolean uncased = vocabulary.isUncased();
    this.vocabulary = vocabulary;
    this.lowerCasing = lowerCase.orElse(uncased);
    this.notes = lowerCase.isPresent() ? List.of() : List.of(TokenizerNotes.guessed(uncased));
    this.fingerprint =
        (lowerCasing == uncased ? hash : hash.add("lower_case " + lowerCasing)).hex();
  }

  /**
   * The ids of a text's pieces, without special tokens and not cut.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public abstract int[] encode(String text);

  /**
   * The ids of a text that goes on behind a token, without white space in between unless it begins
   * with some: as Google's code cuts a text of which a piece is masked, no word begins there.
   * Tokenizers of Hugging Face, whose libraries begin a word behind a special token, do so here
   * too.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public int[] encodeBehind(String text) {
    return encode(text);
  }

  /**
   * The ids as {@link #encode} gives them, and where in the text each piece comes from.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public abstract TokenizedText encodeWithOffsets(String text);

  /** SHA-256 of everything that decides which ids a text has: 64 hexadecimal digits. */
  public final String fingerprint() {
    return fingerprint;
  }

  /** Whether text is lower-cased before it is cut. */
  public final boolean isLowerCasing() {
    return lowerCasing;
  }

  /** What the user should know about how ids are made, a line each. */
  public final List<String> notes() {
    return notes;
  }

  /** How many ids there are: ids are 0 to this, exclusive. */
  public final int vocabSize() {
    return vocabulary.size();
  }

  /** The ids of the special tokens. */
  public final SpecialTokens specialTokens() {
    return vocabulary.specialTokens();
  }

  /**
   * The piece of an id, as the vocabulary spells it ({@code ##ing}, {@code ▁the}, {@code [CLS]}).
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public final String piece(int id) {
    return vocabulary.piece(id);
  }

  /** The id of a piece as the vocabulary spells it, or nothing. */
  public final OptionalInt id(String piece) {
    return vocabulary.id(piece);
  }

  /** Frees native memory, where there is any; may be called twice. */
  @Override
  public abstract void close();
}
