package albert.datasets.squad;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The questions of a task.
 *
 * @param task whose they are
 * @param splits by part
 * @param fingerprint of all of them; its source says if they are split otherwise than officially
 */
public record SpanData(
    SquadTask task, Map<SplitName, List<SpanExample>> splits, DataFingerprint fingerprint) {

  /** Of a hundred articles, when the dev set is split. */
  private static final int HELD_OUT = 20;

  /** Copies the parts. */
  public SpanData {
    Map<SplitName, List<SpanExample>> copies = new EnumMap<>(SplitName.class);
    splits.forEach((name, examples) -> copies.put(name, List.copyOf(examples)));
    splits = Collections.unmodifiableMap(copies);
  }

  static SpanData of(SquadTask task, Map<SplitName, List<SpanExample>> splits, String source) {
    Sha256 digest = new Sha256();
    Map<String, Long> rows = new HashMap<>();
    for (SplitName name : SplitName.values()) {
      List<SpanExample> examples = splits.getOrDefault(name, List.of());
      if (!examples.isEmpty()) {
        rows.put(name.id(), (long) examples.size());
        digest.add(name.id()).add(examples.size());
        examples.forEach(example -> digest.add(example.toString()));
      }
    }
    return new SpanData(task, splits, DataFingerprint.of(task.id(), digest.hex(), rows, source));
  }

  /** Whether there is such a part. */
  public boolean has(SplitName name) {
    return splits.containsKey(name);
  }

  /**
   * The questions of a part.
   *
   * @throws DataFormatException if there is none, naming the file that is missing
   */
  public List<SpanExample> examples(SplitName name) {
    List<SpanExample> examples = splits.getOrDefault(name, List.of());
    if (examples.isEmpty()) {
      throw new DataFormatException(
          SquadTask.FOLDER + "/" + task.files().getOrDefault(name, name.id()),
          String.format(
              Locale.ROOT,
              "there is no %s data of task %s, only %s",
              name.id(),
              task.id(),
              String.join(", ", splits.keySet().stream().map(SplitName::id).toList())));
    }
    return examples;
  }

  /**
   * Data to train on: this, if there is a train set; else the dev set {@linkplain #splitByArticle()
   * split by article}, which the fingerprint's source then says.
   */
  public SpanData forTraining() {
    return has(SplitName.TRAIN) ? this : splitByArticle();
  }

  /**
   * The dev set made into a train set and a smaller dev set. No article is in both: an article is
   * drawn by the SHA-256 of its title, {@value #HELD_OUT} in a hundred for dev.
   *
   * @throws DataFormatException if there is no dev set, or too few articles
   */
  public SpanData splitByArticle() {
    Map<SplitName, List<SpanExample>> parts = new EnumMap<>(SplitName.class);
    parts.put(SplitName.TRAIN, new ArrayList<>());
    parts.put(SplitName.DEV, new ArrayList<>());
    for (SpanExample example : examples(SplitName.DEV)) {
      SplitName part = isHeldOut(example.title()) ? SplitName.DEV : SplitName.TRAIN;
      parts.getOrDefault(part, List.of()).add(example);
    }
    String source =
        String.format(
            Locale.ROOT,
            "%s split by article: train %s, dev %s (not comparable with published figures)",
            task.files().get(SplitName.DEV),
            described(parts.getOrDefault(SplitName.TRAIN, List.of())),
            described(parts.getOrDefault(SplitName.DEV, List.of())));
    if (parts.values().stream().anyMatch(List::isEmpty)) {
      throw new DataFormatException(
          SquadTask.FOLDER + "/" + task.files().get(SplitName.DEV),
          String.format(
              Locale.ROOT,
              "without %s it is split by article for training, but its %s are too few for that",
              task.files().get(SplitName.TRAIN),
              described(examples(SplitName.DEV))));
    }
    return of(task, parts, source);
  }

  /**
   * The same data with the first training questions alone.
   *
   * @param count how many at most, at least 1
   */
  public SpanData withFirstTrain(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", allowed is 1 or more");
    }
    List<SpanExample> train = splits.getOrDefault(SplitName.TRAIN, List.of());
    if (train.size() <= count) {
      return this;
    }
    Map<SplitName, List<SpanExample>> limited = new EnumMap<>(splits);
    limited.put(SplitName.TRAIN, train.subList(0, count));
    return of(task, limited, fingerprint.source());
  }

  private static boolean isHeldOut(String title) {
    byte[] hash = Sha256.bytesOf(title);
    return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % 100 < HELD_OUT;
  }

  private static String described(List<SpanExample> examples) {
    long articles = examples.stream().map(SpanExample::title).distinct().count();
    return String.format(Locale.ROOT, "%d questions of %d articles", examples.size(), articles);
  }
}
