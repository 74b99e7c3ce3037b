package albert.datasets.text;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.batch.RowSource;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a sequence of every text or pair. Its labels are those of the example: the class's index,
 * the value, or 1 or 0 for each label; NaN if that is not known.
 *
 * @param sequences puts special tokens around texts and cuts them
 */
public record TextEncoder(SequenceEncoder sequences) {
  /** Changes with the code whenever the same settings give other ids. */
  private static final int VERSION = 2;

  /**
   * One that cuts to a length.
   *
   * @param tokenizer stays the caller's to close
   */
  public TextEncoder(Tokenizer tokenizer, int maxSeqLength) {
    this(new SequenceEncoder(tokenizer, maxSeqLength));
  }

  /** Encodes every example; {@link EncodedExample#row()} is its index in the list. */
  public List<EncodedExample> encodeAll(List<TextExample> examples) {
    List<EncodedExample> encoded = new ArrayList<>(examples.size());
    for (TextExample example : examples) {
      encoded.add(encode(encoded.size(), example));
    }
    return encoded;
  }

  private EncodedExample encode(int row, TextExample example) {
    return new EncodedExample(
        row,
        sequences.encode(example.text(), example.pair()),
        example.labels().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * The same as {@link #encodeAll}, kept in a file and never waited for.
   *
   * @param opened opens the tokenizer anew
   */
  public static List<EncodedExample> train(
      List<TextExample> examples,
      Supplier<Tokenizer> opened,
      int maxSeqLength,
      FeatureCache cache) {
    Tokenizer tokenizer = opened.get();
    TextEncoder encoder = new TextEncoder(tokenizer, maxSeqLength);
    return cache.rows(
        () -> key(examples, tokenizer, maxSeqLength),
        new RowSource() {
          @Override
          public int size() {
            return examples.size();
          }

          @Override
          public EncodedExample get(int row) {
            return encoder.encode(row, examples.get(row));
          }

          @Override
          public void close() {
            tokenizer.close();
          }
        });
  }

  private static String key(List<TextExample> examples, Tokenizer tokenizer, int maxSeqLength) {
    Sha256 key = new Sha256().add(VERSION).add(tokenizer.fingerprint()).add(maxSeqLength);
    for (TextExample example : examples) {
      key.add(example.text())
          .add(example.pair() == null ? 0 : 1)
          .add(example.pair() == null ? "" : example.pair());
      example.labels().forEach(label -> key.add(Double.doubleToLongBits(label)));
    }
    return key.hex();
  }
}
