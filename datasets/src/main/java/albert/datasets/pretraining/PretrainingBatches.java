package albert.datasets.pretraining;

import albert.datasets.pretraining.PretrainingBatch.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of training examples without end, epoch after epoch; a batch may hold the end of one and
 * the beginning of the next. The sequence depends on the source, the seed and the settings alone,
 * and may be taken up at any {@link Place}: what comes before it in its epoch is then made again
 * and passed over.
 */
public final class PretrainingBatches implements Iterator<PretrainingBatch> {
  private static final int WIDTH_MULTIPLE = 8;
  private static final long SHUFFLE = 0x5348554646L;

  private final ExampleSource source;
  private final Settings settings;
  private int epoch;
  private long example;
  private Iterator<PretrainingExample> examples;

  /**
   * What batches are like.
   *
   * @param seed of everything that is drawn
   * @param batchSize examples in a batch
   * @param predictions slots for masked pieces
   * @param longest width that no batch exceeds
   * @param padId fills the rows
   * @param shuffleBuffer examples that are mixed at a time
   */
  public record Settings(
      long seed, int batchSize, int predictions, int longest, int padId, int shuffleBuffer) {}

  /** Batches from a place on. */
  public PretrainingBatches(ExampleSource source, Settings settings, Place from) {
    this.source = source;
    this.settings = settings;
    epoch = from.epoch();
    examples = shuffled(epoch);
    for (example = 0; example < from.example(); example++) {
      examples.next();
    }
  }

  /**
   * All examples of a source once, for an evaluation.
   *
   * @param most no more examples than this
   */
  public static List<PretrainingBatch> once(ExampleSource source, Settings settings, int most) {
    List<PretrainingBatch> batches = new ArrayList<>();
    Iterator<PretrainingExample> examples = source.epoch(settings.seed, 0);
    int left = most;
    while (left > 0 && examples.hasNext()) {
      List<PretrainingExample> members = new ArrayList<>();
      while (members.size() < settings.batchSize && left > 0 && examples.hasNext()) {
        members.add(examples.next());
        left--;
      }
      batches.add(batch(members, settings, Place.START));
    }
    return batches;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public PretrainingBatch next() {
    List<PretrainingExample> members = new ArrayList<>(settings.batchSize);
    while (members.size() < settings.batchSize) {
      if (!examples.hasNext()) {
        if (example == 0) {
          throw new IllegalStateException("an epoch has no example");
        }
        epoch++;
        example = 0;
        examples = shuffled(epoch);
      } else {
        members.add(examples.next());
        example++;
      }
    }
    return batch(members, settings, new Place(epoch, example));
  }

  private Iterator<PretrainingExample> shuffled(int epoch) {
    long seed = Draws.mix(settings.seed ^ SHUFFLE, epoch);
    return new BoundedShuffle<>(
        source.epoch(settings.seed, epoch), settings.shuffleBuffer, new SplittableRandom(seed));
  }

  private static PretrainingBatch batch(
      List<PretrainingExample> members, Settings settings, Place next) {
    int longest = members.stream().mapToInt(PretrainingExample::length).max().orElseThrow();
    int width = (longest + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
    return PretrainingBatch.of(
        members, Math.min(width, settings.longest), settings.predictions, settings.padId, next);
  }
}
