package albert.datasets.batch;

import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples whose file is still being written: until it is whole each is encoded when it is asked
 * for, and is the same. Safe for several threads.
 */
final class GrowingExamples extends StoredExamples {
  private final List<TextExample> texts;
  private final Tokenizer tokenizer;
  private final SequenceEncoder encoder;
  private volatile @Nullable MappedExamples mapped;

  /**
   * @param tokenizer closed when the file is there
   */
  GrowingExamples(List<TextExample> texts, Tokenizer tokenizer, int maxSeqLength) {
    this.texts = texts;
    this.tokenizer = tokenizer;
    this.encoder = new SequenceEncoder(tokenizer, maxSeqLength);
  }

  /** The file is whole: from now on examples are taken from it. */
  void finish(MappedExamples file) {
    synchronized (encoder) {
      mapped = file;
      tokenizer.close();
    }
  }

  /** Whether the file is whole. */
  boolean isFinished() {
    return mapped != null;
  }

  @Override
  public EncodedExample get(int index) {
    MappedExamples file = mapped;
    if (file == null) {
      synchronized (encoder) {
        file = mapped;
        if (file == null) {
          return encoder.encode(index, texts.get(index));
        }
      }
    }
    return file.get(index);
  }

  @Override
  public int size() {
    return texts.size();
  }
}
