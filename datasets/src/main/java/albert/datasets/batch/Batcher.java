package albert.datasets.batch;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * Batches of similar lengths, so that short texts cost what they cost.
 *
 * <p>An epoch shuffles the examples and cuts them into windows of {@value #WINDOW_BATCHES} batches;
 * within a window the examples are sorted by length, cut into batches, and these are shuffled. So
 * the first batch is there when the first window's examples are, and the order depends on the seed,
 * the epoch, the lengths and the settings alone: a run is taken up again at any batch. Every
 * example is in exactly one batch of an epoch; one batch may be smaller than the others.
 *
 * <p>Examples in a row that belong together, such as the choices of a question, are a group: the
 * order is one of groups, a group is as long as its longest example, a batch has so many groups,
 * and in it the examples of a group stand in a row as they do in the list.
 */
public final class Batcher {
  private static final int WINDOW_BATCHES = 50;
  private static final int DEFAULT_WIDTH_MULTIPLE = 8;

  private final List<EncodedExample> examples;
  private final int together;
  private final int groups;
  private final int batchSize;
  private final int padId;
  private final int widthMultiple;

  /**
   * As the other constructor, with widths that are multiples of {@value #DEFAULT_WIDTH_MULTIPLE}.
   */
  public Batcher(List<EncodedExample> examples, int batchSize, int padId) {
    this(examples, batchSize, padId, DEFAULT_WIDTH_MULTIPLE);
  }

  /** As the other constructor, with examples each by itself. */
  public Batcher(List<EncodedExample> examples, int batchSize, int padId, int widthMultiple) {
    this(examples, 1, batchSize, padId, widthMultiple);
  }

  /**
   * @param examples at least one group
   * @param together how many examples in a row are a group, at least 1
   * @param batchSize groups in a batch, at least 1
   * @param padId the id that fills the rows
   * @param widthMultiple the width of a batch is its longest example rounded up to a multiple of
   *     this, at least 1
   */
  public Batcher(
      List<EncodedExample> examples, int together, int batchSize, int padId, int widthMultiple) {
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
    if (together < 1 || examples.size() % together != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d examples are no groups of %d", examples.size(), together));
    }
    this.together = together;
    groups = examples.size() / together;
    this.examples = examples instanceof StoredExamples ? examples : List.copyOf(examples);
    this.batchSize = batchSize;
    this.padId = padId;
    this.widthMultiple = widthMultiple;
  }

  /** How many batches every epoch has. */
  public int batchesPerEpoch() {
    return (groups + batchSize - 1) / batchSize;
  }

  /**
   * The batches of a training epoch, each made when it is asked for, best in order. For one thread
   * at a time.
   *
   * @param seed of the data order
   * @param epoch counted from 0
   */
  public List<EncodedBatch> epoch(long seed, int epoch) {
    long epochSeed = new Random(seed).longs().skip(epoch).findFirst().orElseThrow();
    Random random = new Random(epochSeed);
    int[] order = IntStream.range(0, groups).toArray();
    shuffle(order, random);
    int[] places = new int[batchesPerEpoch()];
    for (int first = 0; first < places.length; first += WINDOW_BATCHES) {
      int size = Math.min(WINDOW_BATCHES, places.length - first);
      int[] window = IntStream.range(0, size).toArray();
      shuffle(window, random);
      System.arraycopy(window, 0, places, first, size);
    }
    return new Batches(order, WINDOW_BATCHES, places);
  }

  /**
   * All examples for evaluation, each exactly once: the longest first, so that what does not fit
   * into memory shows at once. {@link EncodedBatch#rows()} puts predictions back in order.
   */
  public List<EncodedBatch> evaluation() {
    int[] order = IntStream.range(0, groups).toArray();
    int batches = batchesPerEpoch();
    return new Batches(order, batches, IntStream.range(0, batches).toArray());
  }

  private static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** Examples that belong together. */
  private record Group(List<EncodedExample> examples) {
    int length() {
      return examples.stream().mapToInt(EncodedExample::length).max().orElseThrow();
    }
  }

  private Group group(int number) {
    return new Group(
        IntStream.range(number * together, (number + 1) * together)
            .mapToObj(examples::get)
            .toList());
  }

  /** Batches of an order, of which each window is sorted by length, the longest first. */
  private final class Batches extends AbstractList<EncodedBatch> implements RandomAccess {
    private final int[] order;
    private final int windowBatches;
    private final int[] places;
    private int current = -1;
    private List<Group> sorted = List.of();

    /**
     * @param places of each batch in its window
     */
    Batches(int[] order, int windowBatches, int[] places) {
      this.order = order;
      this.windowBatches = windowBatches;
      this.places = places;
    }

    @Override
    public EncodedBatch get(int index) {
      Objects.checkIndex(index, size());
      if (index / windowBatches != current) {
        open(index / windowBatches);
      }
      int start = places[index] * batchSize;
      List<Group> members = sorted.subList(start, Math.min(start + batchSize, sorted.size()));
      int longest = members.stream().mapToInt(Group::length).max().orElseThrow();
      int width = (longest + widthMultiple - 1) / widthMultiple * widthMultiple;
      return EncodedBatch.of(
          members.stream().flatMap(group -> group.examples.stream()).toList(), width, padId);
    }

    private void open(int window) {
      long size = (long) windowBatches * batchSize;
      int from = Math.toIntExact(window * size);
      int to = (int) Math.min(from + size, order.length);
      sorted =
          Arrays.stream(order, from, to)
              .mapToObj(Batcher.this::group)
              .sorted(Comparator.comparingInt((Group group) -> -group.length()))
              .toList();
      current = window;
    }

    @Override
    public int size() {
      return batchesPerEpoch();
    }
  }
}
