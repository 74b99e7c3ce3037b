package albert.datasets.batch;

import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts special tokens around texts: {@code [CLS] a [SEP]} with types 0, or {@code [CLS] a [SEP] b
 * [SEP]} with types 0 up to the first [SEP] and 1 after it.
 *
 * <p>What is longer than the maximum is cut as google-research/albert, {@code
 * run_classifier.py:_truncate_seq_pair}, does it: a piece at a time from the end of the longer
 * text, of the second if both are equally long.
 */
public final class SequenceEncoder {
  /** The least maximum: [CLS] and two [SEP]. */
  public static final int SHORTEST = 3;

  private final Tokenizer tokenizer;
  private final int maxSeqLength;
  private long cut;

  /**
   * @param tokenizer stays the caller's to close
   * @param maxSeqLength longest sequence, special tokens included; at least {@value #SHORTEST}.
   *     {@link Integer#MAX_VALUE} never cuts.
   */
  public SequenceEncoder(Tokenizer tokenizer, int maxSeqLength) {
    if (maxSeqLength < SHORTEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, at least %d are needed: [CLS] and two [SEP]",
              maxSeqLength,
              SHORTEST));
    }
    this.tokenizer = tokenizer;
    this.maxSeqLength = maxSeqLength;
  }

  /** How many of the texts and pairs encoded so far were longer than the maximum. */
  public long cut() {
    return cut;
  }

  /** The ids of a text, or of a pair. */
  public EncodedSequence encode(String text, @Nullable String pair) {
    int[] first = tokenizer.encode(text);
    if (pair == null) {
      cut += first.length > maxSeqLength - 2 ? 1 : 0;
      return single(Arrays.copyOf(first, Math.min(first.length, maxSeqLength - 2)));
    }
    int[] second = tokenizer.encode(pair);
    int room = maxSeqLength - 3;
    int half = room / 2;
    int firstLength = first.length;
    int secondLength = second.length;
    if ((long) firstLength + secondLength > room) {
      cut++;
      int keepFirst = Math.max(room - half, room - secondLength);
      firstLength = Math.min(firstLength, keepFirst);
      secondLength = Math.min(secondLength, room - firstLength);
    }
    return EncodedSequence.ofPair(
        tokenizer.specialTokens(),
        Arrays.copyOf(first, firstLength),
        Arrays.copyOf(second, secondLength));
  }

  private EncodedSequence single(int[] text) {
    SpecialTokens special = tokenizer.specialTokens();
    int[] inputIds = new int[text.length + 2];
    inputIds[0] = special.cls();
    System.arraycopy(text, 0, inputIds, 1, text.length);
    inputIds[inputIds.length - 1] = special.sep();
    return new EncodedSequence(inputIds, new int[inputIds.length]);
  }
}
