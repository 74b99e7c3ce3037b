package albert.datasets.tokenizer;

/**
 * The pieces of a text and where they come from in it. The arrays are not copied: who makes one
 * hands them over.
 *
 * <p>Piece i is what the tokenizer made of {@code text.substring(starts[i], ends[i])}: "Café" for
 * the piece "cafe", and the whole word for an unknown one. Where one character became several
 * pieces they all have it; a piece that comes from no character, as the mark of a word's start that
 * stands alone, is empty where it stands. Starts never go back, and no piece begins or ends inside
 * of a surrogate pair.
 *
 * @param ids int32 [pieces]
 * @param starts offset of the first UTF-16 unit of each piece [pieces]
 * @param ends offset after its last [pieces]
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record TokenizedText(int[] ids, int[] starts, int[] ends) {

  /** How many pieces. */
  public int length() {
    return ids.length;
  }
}
