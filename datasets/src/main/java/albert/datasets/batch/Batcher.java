package albert.datasets.batch;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * Batches of similar lengths, so that short texts cost what they cost.
 *
 * <p>An epoch shuffles the examples, sorts each stretch of {@value #POOL_BATCHES} batches by
 * length, cuts it into batches and shuffles those. Its order depends on the seed, the epoch, the
 * lengths and the settings alone, so a run is taken up again at any batch. Every example is in
 * exactly one batch of an epoch; one batch may be smaller than the others.
 */
public final class Batcher {
  private static final int POOL_BATCHES = 50;
  private static final int DEFAULT_WIDTH_MULTIPLE = 8;

  private final List<EncodedExample> examples;
  private final int[] lengths;
  private final int batchSize;
  private final int padId;
  private final int widthMultiple;

  /**
   * As the other constructor, with widths that are multiples of {@value #DEFAULT_WIDTH_MULTIPLE}.
   */
  public Batcher(List<EncodedExample> examples, int batchSize, int padId) {
    this(examples, batchSize, padId, DEFAULT_WIDTH_MULTIPLE);
  }

  /**
   * @param examples at least one
   * @param batchSize examples in a batch, at least 1
   * @param padId the id that fills the rows
   * @param widthMultiple the width of a batch is its longest example rounded up to a multiple of
   *     this, at least 1
   */
  public Batcher(List<EncodedExample> examples, int batchSize, int padId, int widthMultiple) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("there are no examples to make batches of");
    }
    if (batchSize < 1 || widthMultiple < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch_size is %d and the multiple of the width %d, both must be at least 1",
              batchSize,
              widthMultiple));
    }
    this.examples = examples instanceof MappedExamples ? examples : List.copyOf(examples);
    this.lengths = lengths(this.examples);
    this.batchSize = batchSize;
    this.padId = padId;
    this.widthMultiple = widthMultiple;
  }

  private static int[] lengths(List<EncodedExample> examples) {
    return examples instanceof MappedExamples mapped
        ? mapped.lengths()
        : examples.stream().mapToInt(EncodedExample::length).toArray();
  }

  /** How many batches every epoch has. */
  public int batchesPerEpoch() {
    return (examples.size() + batchSize - 1) / batchSize;
  }

  /**
   * The batches of a training epoch, each made when it is asked for.
   *
   * @param seed of the data order
   * @param epoch counted from 0
   */
  public List<EncodedBatch> epoch(long seed, int epoch) {
    long epochSeed = new Random(seed).longs().skip(epoch).findFirst().orElseThrow();
    Random random = new Random(epochSeed);
    int[] order = IntStream.range(0, examples.size()).toArray();
    shuffle(order, random);
    int pool = POOL_BATCHES * batchSize;
    for (int start = 0; start < order.length; start += pool) {
      sortByLength(order, start, Math.min(start + pool, order.length));
    }
    int[] batches = IntStream.range(0, batchesPerEpoch()).toArray();
    shuffle(batches, random);
    return new Batches(order, batches);
  }

  /**
   * All examples for evaluation, each exactly once: the longest first, so that what does not fit
   * into memory shows at once. {@link EncodedBatch#rows()} puts predictions back in order.
   */
  public List<EncodedBatch> evaluation() {
    int[] order = IntStream.range(0, examples.size()).toArray();
    sortByLength(order, 0, order.length);
    return new Batches(order, IntStream.range(0, batchesPerEpoch()).toArray());
  }

  private void sortByLength(int[] order, int from, int to) {
    int[] sorted =
        Arrays.stream(order, from, to)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }

  private static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** Makes batch i from the stretch of the order that {@code batches[i]} numbers. */
  private final class Batches extends AbstractList<EncodedBatch> implements RandomAccess {
    private final int[] order;
    private final int[] batches;

    Batches(int[] order, int[] batches) {
      this.order = order;
      this.batches = batches;
    }

    @Override
    public EncodedBatch get(int index) {
      int start = batches[index] * batchSize;
      List<EncodedExample> members =
          Arrays.stream(order, start, Math.min(start + batchSize, order.length))
              .mapToObj(examples::get)
              .toList();
      int longest = members.stream().mapToInt(EncodedExample::length).max().orElseThrow();
      int width = (longest + widthMultiple - 1) / widthMultiple * widthMultiple;
      return EncodedBatch.of(members, width, padId);
    }

    @Override
    public int size() {
      return batches.length;
    }
  }
}
