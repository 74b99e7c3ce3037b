package albert.experiments.evaluation;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A text with masks, as ids. A mask is the literal mask token of the tokenizer ({@code [MASK]}):
 * here alone text becomes a control token, because that is what is asked for. What stands between
 * masks is tokenized as ordinary text, each stretch by itself: see {@link Tokenizer#encodeBehind}.
 *
 * @param text as it was given
 * @param mask how the tokenizer spells a mask
 * @param ids int32 [length], with [CLS] and [SEP], cut to the longest sequence
 * @param positions of the masks among them, in their order, at least one
 * @param isCut whether there were more
 */
@SuppressWarnings("ArrayRecordComponent") // owned, never compared
record MaskedText(String text, String mask, int[] ids, int[] positions, boolean isCut) {
  private static final String CONTINUATION = "##";
  private static final String WORD_START = "\u2581";

  /**
   * Reads a line.
   *
   * @param maxSeqLength longest sequence in tokens, special tokens included
   * @throws albert.datasets.DataFormatException with its place, if it has no text or no mask
   * @throws InputException with its place, if a mask is where the text is cut
   */
  static MaskedText read(JsonLine line, Tokenizer tokenizer, int maxSeqLength) {
    if (line.object().hasNonNull("pair")) {
      throw line.problem("has a pair, allowed is one text where masks are filled");
    }
    SpecialTokens special = tokenizer.specialTokens();
    String mask = tokenizer.piece(special.mask());
    String text = line.text("text");
    IntStream.Builder ids = IntStream.builder().add(special.cls());
    List<Integer> positions = new ArrayList<>();
    int length = 1;
    int from = 0;
    for (int at = text.indexOf(mask); at >= 0; at = text.indexOf(mask, from)) {
      length += add(stretch(text, from, at, tokenizer), ids);
      positions.add(length++);
      ids.add(special.mask());
      from = at + mask.length();
    }
    length += add(stretch(text, from, text.length(), tokenizer), ids);
    if (positions.isEmpty()) {
      throw line.problem(
          String.format(Locale.ROOT, "has no %s in its text, needed is at least one", mask));
    }
    int end = Math.min(length, maxSeqLength - 1);
    int last = positions.get(positions.size() - 1);
    if (last >= end) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: a %s is token %d of the text, but it is cut to %d tokens, [CLS] and [SEP]"
                  + " (max_seq_length %d)",
              line.place(),
              mask,
              last,
              Math.max(0, end - 1),
              maxSeqLength));
    }
    int[] cut = IntStream.concat(ids.build().limit(end), IntStream.of(special.sep())).toArray();
    return new MaskedText(
        text, mask, cut, positions.stream().mapToInt(i -> i).toArray(), end < length);
  }

  private static int[] stretch(String text, int from, int to, Tokenizer tokenizer) {
    String stretch = text.substring(from, to);
    return from == 0 ? tokenizer.encode(stretch) : tokenizer.encodeBehind(stretch);
  }

  private static int add(int[] pieces, IntStream.Builder ids) {
    IntStream.of(pieces).forEach(ids::add);
    return pieces.length;
  }

  /** As a model reads it: all is the first text. */
  EncodedSequence sequence() {
    return new EncodedSequence(ids, new int[ids.length]);
  }

  /**
   * The text with a piece in place of its one mask. A piece within a word joins what is before it.
   *
   * @param piece as the vocabulary spells it
   * @param sentencePiece whether the vocabulary marks the starts of words, not what follows them
   */
  String filled(String piece, boolean sentencePiece) {
    int at = text.indexOf(mask);
    String before = text.substring(0, at);
    String mark = sentencePiece ? WORD_START : CONTINUATION;
    String bare = piece.startsWith(mark) ? piece.substring(mark.length()) : piece;
    boolean joins = piece.startsWith(mark) != sentencePiece;
    return (joins ? before.stripTrailing() : before) + bare + text.substring(at + mask.length());
  }
}
