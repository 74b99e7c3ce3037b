package albert.datasets.pretraining;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Examples made from text, part by part: each epoch takes the parts in a new random order. What is
 * drawn for a part depends on seed, epoch and part alone, so that workers draw what a single one
 * would.
 */
public final class CorpusExamples implements ExampleSource {
  private final ExampleSettings settings;
  private final DocumentParts parts;
  private final Shard shard;
  private final ExampleBuilder builder;

  private CorpusExamples(
      ExampleSettings settings, DocumentParts parts, Shard shard, ExampleBuilder builder) {
    this.settings = settings;
    this.parts = parts;
    this.shard = shard;
    this.builder = builder;
  }

  /** Examples to train on. */
  public static CorpusExamples training(
      ExampleSettings settings, MaskingVocabulary vocabulary, DocumentParts parts, Shard shard) {
    return new CorpusExamples(
        settings, parts, shard, new ExampleBuilder(settings, vocabulary, true));
  }

  /** Examples to evaluate with: pairs of a single sentence are left out. */
  public static CorpusExamples evaluation(
      ExampleSettings settings, MaskingVocabulary vocabulary, DocumentParts parts) {
    return new CorpusExamples(
        settings, parts, Shard.WHOLE, new ExampleBuilder(settings, vocabulary, false));
  }

  @Override
  public Iterator<PretrainingExample> epoch(long seed, int epoch) {
    return new Epoch(seed, epoch);
  }

  private final class Epoch implements Iterator<PretrainingExample> {
    private final long contentSeed;
    private final int[] order;
    private final Deque<PretrainingExample> ready = new ArrayDeque<>();
    private int position;

    Epoch(long seed, int epoch) {
      contentSeed = Draws.mix(seed, settings.dynamicMasking() ? epoch : 0);
      order = Draws.shuffled(parts.parts().size(), new SplittableRandom(Draws.mix(seed, epoch)));
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && position < order.length) {
        if (shard.has(position)) {
          int part = order[position];
          builder.build(
              parts.sentences(part),
              random -> parts.sentencesOfAnother(part, random),
              new SplittableRandom(Draws.mix(contentSeed, part)),
              ready::add);
        }
        position++;
      }
      return !ready.isEmpty();
    }

    @Override
    public PretrainingExample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
