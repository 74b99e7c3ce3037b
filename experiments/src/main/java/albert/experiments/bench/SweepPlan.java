package albert.experiments.bench;

import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.reports.benchmark.BenchAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The points of a sweep: its centre first, then on each axis those that differ from it there alone.
 * Sequences are not longer than the model has positions, widths are multiples of the centre's head
 * size; heads, feed-forward network and, in a BERT, embeddings grow with the width.
 */
public final class SweepPlan {
  private static final int[] BATCHES = {1, 2, 4, 8, 16, 32};
  private static final int[] LENGTHS = {32, 64, 128, 256, 512};
  private static final int[] DEPTHS = {1, 2, 4, 8, 12};
  private static final int[] WIDTHS = {128, 256, 512};
  private static final int[] VOCABULARIES = {8_000, 30_000, 100_000};

  private final PointPlanner planner;
  private final PointPlanner.Place place;
  private final EncoderConfig centre;

  private SweepPlan(Settings asked, BenchMachine machine, PointPlanner.Place place) {
    planner = new PointPlanner(asked, machine);
    this.place = place;
    centre = RunConfig.resolveEncoder(asked);
  }

  /**
   * Plans a sweep.
   *
   * @param asked the keys of the centre
   * @param mode what a unit of work is
   * @param batch the centre's sequences
   * @param sequence tokens in each of them
   * @param axes what grows
   */
  public static List<PlannedPoint> of(
      Settings asked,
      BenchMachine machine,
      Workload.Mode mode,
      int batch,
      int sequence,
      List<BenchAxis> axes) {
    return new SweepPlan(asked, machine, new PointPlanner.Place(mode, batch, sequence))
        .points(axes);
  }

  private List<PlannedPoint> points(List<BenchAxis> axes) {
    PlannedPoint first = planner.point(place, Map.of());
    List<PlannedPoint> points = new ArrayList<>(List.of(first));
    for (BenchAxis axis : axes) {
      for (int value : values(axis)) {
        if (value != axis.value(first.setting())) {
          points.add(point(axis, value));
        }
      }
    }
    return points;
  }

  private SortedSet<Integer> values(BenchAxis axis) {
    IntStream values =
        switch (axis) {
          case BATCH -> IntStream.of(BATCHES);
          case LENGTH ->
              IntStream.of(LENGTHS).filter(length -> length <= centre.maxPositionEmbeddings());
          case DEPTH -> IntStream.of(DEPTHS).filter(depth -> depth % centre.groups() == 0);
          case WIDTH -> IntStream.of(WIDTHS).filter(width -> width % centre.headSize() == 0);
          case VOCABULARY -> IntStream.of(VOCABULARIES);
          case THREADS -> threads(planner.machine().cores());
        };
    return values.boxed().collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  /** Powers of two, and all cores. */
  private static IntStream threads(int cores) {
    return IntStream.concat(
        IntStream.iterate(1, threads -> threads < cores, threads -> 2 * threads),
        IntStream.of(cores));
  }

  private PlannedPoint point(BenchAxis axis, int value) {
    return switch (axis) {
      case BATCH ->
          planner.point(new PointPlanner.Place(place.mode(), value, place.sequence()), Map.of());
      case LENGTH ->
          planner.point(new PointPlanner.Place(place.mode(), place.batch(), value), Map.of());
      case DEPTH -> planner.point(place, Map.of("num_hidden_layers", value));
      case WIDTH -> planner.point(place, width(value));
      case VOCABULARY -> planner.point(place, Map.of("vocab_size", value));
      case THREADS -> planner.point(place, Map.of("threads", value));
    };
  }

  private Map<String, Object> width(int hidden) {
    int intermediate = (int) ((long) centre.intermediateSize() * hidden / centre.hiddenSize());
    int embedding = centre.modelType() == ModelType.BERT ? hidden : centre.embeddingSize();
    return Map.of(
        "hidden_size",
        hidden,
        "num_attention_heads",
        hidden / centre.headSize(),
        "intermediate_size",
        intermediate,
        "embedding_size",
        embedding);
  }
}
