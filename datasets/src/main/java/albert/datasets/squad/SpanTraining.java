package albert.datasets.squad;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Windows to learn from: their ids, and where the answers are. What is needed to find the text of
 * an answer is left out, and the windows of many questions are kept in a file, so that a large
 * training set needs little memory.
 *
 * @param examples {@link EncodedExample#row()} is the index in this list
 * @param starts the position of each window's first answer piece, 0 for none; owned [windows]
 * @param ends the position of its last, 0 for none; owned [windows]
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record SpanTraining(List<EncodedExample> examples, int[] starts, int[] ends) {

  /** Changes with the code whenever the same settings give other windows. */
  private static final int VERSION = 1;

  /** Questions that are encoded side by side, and those of them by one thread in a row. */
  private static final int CHUNK = 4096;

  private static final int ROW = 256;

  /** Fewer questions are encoded faster than a file is written and forced to the disk. */
  private static final int SMALLEST = 2000;

  /** Both positions are one label in the file; positions are below this. */
  private static final int LONGEST = 1 << 20;

  /** The windows of questions, from a file if there is one. */
  public static SpanTraining of(
      List<SpanExample> questions, SpanEncoder encoder, FeatureCache cache) {
    FeatureCache.Source source = consumer -> encode(questions, encoder, consumer);
    if (questions.size() >= SMALLEST) {
      return of(cache.keep(key(questions, encoder), source));
    }
    List<EncodedExample> examples = new ArrayList<>();
    source.forEach(examples::add);
    return of(List.copyOf(examples));
  }

  private static SpanTraining of(List<EncodedExample> examples) {
    int[] starts = new int[examples.size()];
    int[] ends = new int[examples.size()];
    for (int i = 0; i < starts.length; i++) {
      long both = (long) examples.get(i).label();
      starts[i] = (int) (both / LONGEST);
      ends[i] = (int) (both % LONGEST);
    }
    return new SpanTraining(examples, starts, ends);
  }

  private static void encode(
      List<SpanExample> questions, SpanEncoder encoder, Consumer<EncodedExample> consumer) {
    int row = 0;
    for (int from = 0; from < questions.size(); from += CHUNK) {
      List<SpanExample> chunk = questions.subList(from, Math.min(from + CHUNK, questions.size()));
      List<SpanWindows> rows =
          IntStream.range(0, (chunk.size() + ROW - 1) / ROW)
              .parallel()
              .mapToObj(i -> chunk.subList(i * ROW, Math.min((i + 1) * ROW, chunk.size())))
              .map(encoder::encode)
              .toList();
      for (SpanWindows windows : rows) {
        for (SpanWindow window : windows.windows()) {
          double label = (double) window.startPosition() * LONGEST + window.endPosition();
          consumer.accept(new EncodedExample(row++, window.sequence(), label));
        }
      }
    }
  }

  private static String key(List<SpanExample> questions, SpanEncoder encoder) {
    Sha256 key =
        new Sha256()
            .add("spans")
            .add(VERSION)
            .add(encoder.tokenizer().fingerprint())
            .add(encoder.maxSeqLength())
            .add(encoder.docStride())
            .add(encoder.maxQueryLength());
    for (SpanExample question : questions) {
      key.add(question.question()).add(question.context());
      SpanAnswer target = question.target().orElse(new SpanAnswer("", -1));
      key.add(target.text()).add(target.start());
    }
    return key.hex();
  }

  /** Where the answers begin, int32 [batch]; 0 for none. */
  public int[] startPositions(EncodedBatch batch) {
    return Arrays.stream(batch.rows()).map(row -> starts[row]).toArray();
  }

  /** Where the answers end, inclusive, int32 [batch]; 0 for none. */
  public int[] endPositions(EncodedBatch batch) {
    return Arrays.stream(batch.rows()).map(row -> ends[row]).toArray();
  }

  /** 1 for a window without an answer, float32 [batch]. */
  public float[] impossible(EncodedBatch batch) {
    float[] impossible = new float[batch.size()];
    for (int i = 0; i < impossible.length; i++) {
      impossible[i] = starts[batch.rows()[i]] > 0 ? 0 : 1;
    }
    return impossible;
  }
}
