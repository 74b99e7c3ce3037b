package albert.datasets.span;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.record.Sha256;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A dev set made into a train set and a smaller dev set, which the fingerprint's source then says.
 * No article is in both: an article is drawn by the SHA-256 of its title, {@value #HELD_OUT} in a
 * hundred for dev.
 *
 * @param task whose data is split
 */
record ArticleSplit(SquadTask task) {
  private static final int HELD_OUT = 20;

  /**
   * Splits the dev set.
   *
   * @throws DataFormatException if there is none, or too few articles
   */
  TaskData<SpanExample> of(TaskData<SpanExample> data) {
    List<SpanExample> all = data.examples(SplitName.DEV);
    Map<Boolean, List<SpanExample>> heldOut =
        all.stream().collect(Collectors.partitioningBy(example -> isHeldOut(example.title())));
    List<SpanExample> train = heldOut.getOrDefault(false, List.of());
    List<SpanExample> dev = heldOut.getOrDefault(true, List.of());
    if (train.isEmpty() || dev.isEmpty()) {
      throw new DataFormatException(
          task.folder().orElseThrow() + "/" + file(SplitName.DEV),
          String.format(
              Locale.ROOT,
              "without %s it is split by article for training, but its %s are too few for that",
              file(SplitName.TRAIN),
              described(all)));
    }
    String source =
        String.format(
            Locale.ROOT,
            "%s split by article: train %s, dev %s (not comparable with published figures)",
            file(SplitName.DEV),
            described(train),
            described(dev));
    return TaskData.of(task, Map.of(SplitName.TRAIN, train, SplitName.DEV, dev), List.of(), source);
  }

  private String file(SplitName part) {
    return task.files().getOrDefault(part, part.id());
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
