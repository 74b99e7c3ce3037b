package albert.datasets.pretraining;

import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What masking must know of a vocabulary: which pieces begin a word, and which may stand in for
 * another.
 *
 * <p>The rules for beginnings are the published ones ({@code _is_start_piece_sp} and {@code
 * _is_start_piece_bert}): a SentencePiece piece begins a word if it starts with {@code ▁} or {@code
 * <}, is a punctuation mark, or has a character that is neither an English letter nor punctuation;
 * a WordPiece piece if it does not start with {@code ##}.
 *
 * <p>Differs from the published script, which draws replacements from the whole vocabulary: here
 * special and {@code [unused…]} pieces are never drawn.
 */
public final class MaskingVocabulary {
  private static final String PUNCTUATION = "!\"#$%&()*+,-./:;?@[\\]^_`{|}~";

  private final SpecialTokens special;
  private final int size;
  private final BitSet beginnings = new BitSet();
  private final int[] replacements;

  private MaskingVocabulary(Tokenizer tokenizer) {
    special = tokenizer.specialTokens();
    size = tokenizer.vocabSize();
    Set<Integer> specialIds =
        Set.of(special.cls(), special.sep(), special.pad(), special.mask(), special.unk());
    boolean sentencePiece =
        IntStream.range(0, size).anyMatch(id -> tokenizer.piece(id).startsWith("▁"));
    IntStream.Builder ordinary = IntStream.builder();
    for (int id = 0; id < size; id++) {
      String piece = tokenizer.piece(id);
      beginnings.set(id, sentencePiece ? beginsSentencePiece(piece) : !piece.startsWith("##"));
      if (!specialIds.contains(id) && !piece.startsWith("[unused")) {
        ordinary.add(id);
      }
    }
    replacements = ordinary.build().toArray();
  }

  /** Reads it off a tokenizer, which need not stay open. */
  public static MaskingVocabulary of(Tokenizer tokenizer) {
    return new MaskingVocabulary(tokenizer);
  }

  SpecialTokens special() {
    return special;
  }

  /** How many ids there are. */
  int size() {
    return size;
  }

  boolean beginsWord(int id) {
    return beginnings.get(id);
  }

  /** How many pieces may stand in for another. */
  int replacements() {
    return replacements.length;
  }

  int replacement(int index) {
    return replacements[index];
  }

  private static boolean beginsSentencePiece(String piece) {
    if (piece.startsWith("▁") || piece.startsWith("<")) {
      return true;
    }
    if (piece.length() == 1 && PUNCTUATION.contains(piece)) {
      return true;
    }
    return !piece.chars().allMatch(c -> isEnglishLetter(c) || PUNCTUATION.indexOf(c) >= 0);
  }

  private static boolean isEnglishLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
