package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The words that a training meets, where these are known before it. A row of the word embedding
 * table whose word is in no batch never has a gradient: its moments stay 0, and AdamW does nothing
 * to it but decay it, the same for every such row. So a table of the words that occur is trained,
 * of which a small data set has a few thousand, and for all other rows one number is kept; the
 * weights are those of the whole table but for rounding.
 */
public final class WordSubset {
  private static final int ABSENT = -1;

  private final int[] ids;
  private final int[] places;

  private WordSubset(int[] ids, int vocabSize) {
    this.ids = ids;
    places = new int[vocabSize];
    Arrays.fill(places, ABSENT);
    for (int place = 0; place < ids.length; place++) {
      places[ids[place]] = place;
    }
  }

  /**
   * Some words of a model's vocabulary, and its {@code padding_idx}.
   *
   * @param occurring ids of the words that occur in any batch, what fills it up included
   * @throws IllegalArgumentException if there is an id beyond the vocabulary
   */
  public static WordSubset of(BitSet occurring, EncoderConfig config) {
    BitSet all = (BitSet) occurring.clone();
    if (config.paddingIdx() >= 0) {
      all.set(config.paddingIdx());
    }
    if (all.length() > config.vocabSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a word has the id %d, the vocabulary %d words",
              all.length() - 1,
              config.vocabSize()));
    }
    return new WordSubset(all.stream().toArray(), config.vocabSize());
  }

  /** A model whose vocabulary these words are. */
  EncoderConfig narrowed(EncoderConfig config) {
    EncoderConfig.Builder narrowed = config.toBuilder().vocabSize(ids.length);
    return config.paddingIdx() < 0
        ? narrowed.build()
        : narrowed.paddingIdx(places[config.paddingIdx()]).build();
  }

  /**
   * A batch in the places of its words.
   *
   * @throws IllegalArgumentException if a word is none of these
   */
  Map<String, HostTensor> narrowed(Map<String, ? extends HostTensor> batch) {
    Map<String, HostTensor> narrowed = new LinkedHashMap<>(batch);
    narrowed.computeIfPresent(EncoderInputs.INPUT_IDS, (name, ids) -> narrowed((IntTensor) ids));
    return narrowed;
  }

  private IntTensor narrowed(IntTensor words) {
    return IntTensor.of(Arrays.stream(words.values()).map(this::place).toArray(), words.shape());
  }

  private int place(int id) {
    if (id < 0 || id >= places.length || places[id] == ABSENT) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "the model was built without the word %d", id));
    }
    return places[id];
  }

  /** The rows of these words of a whole table. */
  FloatTensor rows(FloatTensor table) {
    int width = Math.toIntExact(table.shape()[1]);
    float[] rows = new float[ids.length * width];
    for (int place = 0; place < ids.length; place++) {
      System.arraycopy(table.values(), ids[place] * width, rows, place * width, width);
    }
    return FloatTensor.of(rows, ids.length, width);
  }

  /**
   * A whole table.
   *
   * @param rows of these words
   * @param others a whole table, of which the rows of all other words are taken
   * @param factor what these are multiplied by
   */
  FloatTensor table(FloatTensor rows, FloatTensor others, float factor) {
    int width = Math.toIntExact(rows.shape()[1]);
    float[] table = new float[places.length * width];
    for (int id = 0; id < places.length; id++) {
      if (places[id] == ABSENT) {
        for (int i = id * width; i < (id + 1) * width; i++) {
          table[i] = others.values()[i] * factor;
        }
      } else {
        System.arraycopy(rows.values(), places[id] * width, table, id * width, width);
      }
    }
    return FloatTensor.of(table, places.length, width);
  }
}
