package albert.experiments.bench;

import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Settings;
import albert.model.config.EncoderPreset;
import albert.model.runtime.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The points of {@code bench --gpu-suite}: four models, training and forward pass, three
 * precisions. The largest model comes last, so that it gets the time that the others leave.
 *
 * @param modes what a unit of work is
 * @param precisions of matrix products
 * @param batch sequences
 * @param sequence tokens in each
 * @param tiny one layer of 64 and a vocabulary of 100 instead, to try the suite
 */
public record SuitePlan(
    List<Workload.Mode> modes, List<Precision> precisions, int batch, int sequence, boolean tiny) {
  private static final List<EncoderPreset> MODELS =
      List.of(
          EncoderPreset.ALBERT_BASE,
          EncoderPreset.BERT_BASE,
          EncoderPreset.BERT_LARGE,
          EncoderPreset.ALBERT_XXLARGE);

  private static final Map<String, Object> TINY =
      Map.of(
          "num_hidden_layers", 1, "hidden_size", 64, "num_attention_heads", 1, "vocab_size", 100);

  public SuitePlan {
    modes = List.copyOf(modes);
    precisions = List.copyOf(precisions);
  }

  /**
   * The points, those that can't be measured with the reason.
   *
   * @param asked device and threads
   */
  public List<PlannedPoint> points(Settings asked, BenchMachine machine) {
    List<PlannedPoint> points = new ArrayList<>();
    for (EncoderPreset model : MODELS) {
      for (Workload.Mode mode : modes) {
        for (Precision precision : precisions) {
          points.add(point(asked, machine, model, mode, precision));
        }
      }
    }
    return points;
  }

  private PlannedPoint point(
      Settings asked,
      BenchMachine machine,
      EncoderPreset model,
      Workload.Mode mode,
      Precision precision) {
    Map<String, Object> values = new HashMap<>(tiny ? TINY : Map.of());
    values.put(ConfigKeys.PRESET, model.id());
    values.put("precision", precision.name().toLowerCase(Locale.ROOT));
    PlannedPoint point =
        new PointPlanner(asked, machine)
            .point(new PointPlanner.Place(mode, batch, sequence), values);
    String obstacle = machine.obstacle(precision);
    return obstacle.isEmpty()
        ? point
        : new PlannedPoint(point.setting(), point.options(), obstacle);
  }
}
