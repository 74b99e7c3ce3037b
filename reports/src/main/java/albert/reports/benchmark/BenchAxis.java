package albert.reports.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What grows in a sweep, one at a time around its first point. */
public enum BenchAxis {
  /** Sequences in a batch. */
  BATCH("batch", "sequences in a batch"),
  /** Tokens in a sequence. */
  LENGTH("sequence", "tokens in a sequence"),
  /** Layers. */
  DEPTH("layers", "layers", "num_hidden_layers"),
  /** H, with the heads and the feed-forward network (of BERT the embeddings too) in proportion. */
  WIDTH(
      "hidden size",
      "hidden size",
      "hidden_size",
      "num_attention_heads",
      "intermediate_size",
      "embedding_size"),
  /** Entries of the vocabulary. */
  VOCABULARY("vocabulary", "entries of the vocabulary", "vocab_size"),
  /** Threads of the CPU. */
  THREADS("threads", "threads");

  private final String heading;
  private final String words;
  private final List<String> keys;

  BenchAxis(String heading, String words, String... keys) {
    this.heading = heading;
    this.words = words;
    this.keys = List.of(keys);
  }

  /** The name in options and files' names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The head of its column. */
  public String heading() {
    return heading;
  }

  /** The words at a figure's axis. */
  public String words() {
    return words;
  }

  /** The value of a case. */
  public long value(BenchCase of) {
    return switch (this) {
      case BATCH -> of.batch();
      case LENGTH -> of.sequence();
      case THREADS -> of.threads();
      case DEPTH, WIDTH, VOCABULARY ->
          of.architecture().get(keys.get(0)) instanceof Long value ? value : 0;
    };
  }

  /** The points that differ from a case on this axis alone, ascending, its own included. */
  public List<BenchPoint> curve(BenchCase centre, List<BenchPoint> points) {
    BenchCase rest = without(centre);
    return points.stream()
        .filter(point -> without(point.setting()).isSameAs(rest))
        .sorted(Comparator.comparingLong(point -> value(point.setting())))
        .toList();
  }

  private BenchCase without(BenchCase of) {
    SortedMap<String, Object> architecture = new TreeMap<>(of.architecture());
    architecture.keySet().removeAll(Set.copyOf(keys));
    return new BenchCase(
        of.model(),
        of.mode(),
        of.device(),
        of.precision(),
        this == THREADS ? 1 : of.threads(),
        this == BATCH ? 1 : of.batch(),
        this == LENGTH ? 1 : of.sequence(),
        architecture);
  }
}
