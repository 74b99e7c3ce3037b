package albert.reports.output;

import albert.evaluation.stats.Interval;
import albert.reports.summary.EffectWords;
import albert.reports.summary.GridEffect;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of what the keys of a grid do, and how one changes what another does. */
final class EffectsSheet {
  private static final String NOTE =
      "An effect is the difference of the means of all variants with one value and all with the"
          + " other; an interaction is how much that difference changes between two values of"
          + " another key. p is corrected by Holm for all effects of this table, a family of its own.";

  private EffectsSheet() {}

  static Sheet of(ReportModel model) {
    double level = model.plan().analysis().level();
    return new Sheet(
        "effects",
        "Effects of the varied keys",
        List.of(
            Sheet.header("effect"),
            Sheet.header("metric"),
            new ReportGrid.Header("estimate", Numbers.level(level) + " interval"),
            new ReportGrid.Header("p", "Holm")),
        model.effects().stream().map(effect -> cells(effect, level)).toList(),
        List.of(NOTE));
  }

  /** Each effect in a sentence. */
  static List<String> sentences(ReportModel model) {
    double level = model.plan().analysis().level();
    return model.effects().stream()
        .filter(effect -> effect.p().isPresent())
        .map(effect -> EffectWords.sentence(effect, level))
        .toList();
  }

  private static List<Cell> cells(GridEffect effect, double level) {
    int decimals = effect.metric().decimals();
    Interval interval = effect.model().interval(level);
    Double p = effect.p().isPresent() ? effect.p().getAsDouble() : null;
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("estimate", p == null ? null : effect.model().estimate());
    raw.put("interval_low", p == null ? null : interval.low());
    raw.put("interval_high", p == null ? null : interval.high());
    boolean shown = p != null && p <= 1 - level;
    return List.of(
        Sheet.text("effect", effect.name()),
        Sheet.text("metric", effect.metric().label()),
        new Cell(
            p == null ? "" : Numbers.signed(effect.model().estimate(), decimals),
            p == null ? "" : Numbers.interval(interval, decimals),
            shown ? Cell.Tone.STRONG : Cell.Tone.QUIET,
            p == null ? null : effect.model().estimate(),
            raw),
        Sheet.figure("p_holm", p, p == null ? "" : Numbers.probability(p), ""));
  }
}
