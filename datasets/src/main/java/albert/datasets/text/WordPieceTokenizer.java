package albert.datasets.text;

import albert.datasets.DataFormatException;
import albert.evaluation.record.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * BERT's tokenizer over a {@code vocab.txt}: google-research/bert, {@code tokenization.py}.
 *
 * <p>A word is cut greedily into the longest pieces of the vocabulary, those after the first marked
 * with {@code ##}; a word that can't be cut so, or has more than {@value #MAX_WORD_CHARACTERS}
 * characters, is one {@code [UNK]}. Text is lower-cased and stripped of accents where it is said,
 * or else if the vocabulary has no piece with an upper-case letter.
 *
 * <p>Code of our own because the libraries follow Hugging Face, which differs in words of 101 to
 * 200 characters and in the classes of rare characters.
 */
public final class WordPieceTokenizer extends Tokenizer {
  private static final int MAX_WORD_CHARACTERS = 200;
  private static final String CONTINUATION = "##";

  private final BasicTokenizer basicTokenizer;
  private final Map<String, Integer> continuations;
  private final int longestPiece;

  private WordPieceTokenizer(Vocabulary vocabulary, Optional<Boolean> lowerCase) {
    super(
        vocabulary,
        lowerCase,
        new Sha256().add("WordPiece").add(String.join("\n", vocabulary.pieces())));
    this.basicTokenizer = new BasicTokenizer(isLowerCasing());
    this.continuations = new HashMap<>();
    int longest = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      String piece = vocabulary.piece(id);
      longest = Math.max(longest, piece.length());
      if (piece.startsWith(CONTINUATION)) {
        continuations.put(piece.substring(CONTINUATION.length()), id);
      }
    }
    this.longestPiece = longest;
  }

  /**
   * Reads a vocabulary: UTF-8, a piece a line, its id the line's number from 0.
   *
   * @param lowerCase whether text is lower-cased and stripped of accents; where nobody says it, the
   *     vocabulary does
   * @throws DataFormatException if it is not one, or lacks a special token
   * @throws UncheckedIOException if it can't be read
   */
  static WordPieceTokenizer open(Path file, Optional<Boolean> lowerCase) {
    return new WordPieceTokenizer(new Vocabulary(file.toString(), pieces(file)), lowerCase);
  }

  /** The pieces of a vocabulary by id. */
  static List<String> pieces(Path file) {
    List<String> pieces = new ArrayList<>();
    String text = decode(file, bytes(file));
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      pieces.add(text.substring(start, end).strip());
      start = end + 1;
    }
    return pieces;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataFormatException(
          file.toString(), "it is not UTF-8 text, expected a piece a line", e);
    }
  }

  @Override
  public int[] encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    basicTokenizer.split(text, (word, start, end, offset) -> encodeWord(word, ids));
    return ids.build().toArray();
  }

  @Override
  public TokenizedText encodeWithOffsets(String text) {
    Pieces pieces = new Pieces();
    basicTokenizer.split(
        text,
        (word, start, end, offset) ->
            placeWord(word, basicTokenizer.changed(text, start, end), offset, pieces));
    return pieces.of(text);
  }

  private void placeWord(String word, Alignment token, int offset, Pieces pieces) {
    IntStream.Builder builder = IntStream.builder();
    encodeWord(word, builder);
    int[] ids = builder.build().toArray();
    int from = offset;
    for (int i = 0; i < ids.length; i++) {
      // an unknown word is one piece
      int to = ids.length == 1 ? offset + word.length() : from + lengthOf(ids[i], i > 0);
      pieces.add(ids[i], token.start(from), token.end(to - 1));
      from = to;
    }
  }

  private int lengthOf(int id, boolean continuation) {
    return vocabulary.piece(id).length() - (continuation ? CONTINUATION.length() : 0);
  }

  private void encodeWord(String word, IntStream.Builder ids) {
    Integer whole = vocabulary.idOrNull(word);
    if (whole != null && isShort(word)) {
      ids.add(whole);
      return;
    }
    int[] pieces = isShort(word) ? cut(word) : null;
    if (pieces == null) {
      ids.add(vocabulary.specialTokens().unk());
    } else {
      IntStream.of(pieces).forEach(ids::add);
    }
  }

  private static boolean isShort(String word) {
    return word.length() <= MAX_WORD_CHARACTERS
        || word.codePointCount(0, word.length()) <= MAX_WORD_CHARACTERS;
  }

  private int @Nullable [] cut(String word) {
    IntStream.Builder pieces = IntStream.builder();
    int start = 0;
    while (start < word.length()) {
      int end = Math.min(word.length(), start + longestPiece);
      Integer id = null;
      for (; end > start; end--) {
        String candidate = word.substring(start, end);
        id = start == 0 ? vocabulary.idOrNull(candidate) : continuations.get(candidate);
        if (id != null) {
          break;
        }
      }
      if (id == null) {
        return null;
      }
      pieces.add(id);
      start = end;
    }
    return pieces.build().toArray();
  }

  /** Holds nothing that needs freeing. */
  @Override
  public void close() {}
}
