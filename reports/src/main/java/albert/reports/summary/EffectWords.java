package albert.reports.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The effects of a grid's keys in words. */
public final class EffectWords {
  /** More effects than this are in the table alone. */
  private static final int MOST_TOLD = 4;

  private EffectWords() {}

  /** The effects that are shown, interactions first; or that no interaction is. */
  static List<String> answer(ReportModel model) {
    double alpha = model.plan().analysis().alpha();
    List<String> sentences = new ArrayList<>();
    model.effects().stream()
        .filter(effect -> effect.p().isPresent() && effect.p().getAsDouble() <= alpha)
        .sorted(
            Comparator.comparing(GridEffect::isInteraction)
                .reversed()
                .thenComparingDouble(effect -> effect.p().getAsDouble()))
        .limit(MOST_TOLD)
        .forEach(effect -> sentences.add(sentence(effect, 1 - alpha)));
    boolean interactions = model.effects().stream().anyMatch(GridEffect::isInteraction);
    boolean shown =
        model.effects().stream()
            .anyMatch(e -> e.isInteraction() && e.p().isPresent() && e.p().getAsDouble() <= alpha);
    if (interactions && !shown) {
      sentences.add("That one key changes the effect of another is not shown.");
    }
    return sentences;
  }

  /** An effect with its interval. */
  public static String sentence(GridEffect effect, double level) {
    int decimals = effect.metric().decimals();
    GridEffect.Change where = effect.where();
    String estimate =
        String.format(
            Locale.ROOT,
            "%s (%s interval %s, p %s)",
            Numbers.signed(effect.model().estimate(), decimals),
            Numbers.level(level),
            Numbers.interval(effect.model().interval(level), decimals),
            Numbers.probability(effect.p().orElse(Double.NaN)));
    String change = effect.key() + " " + effect.to() + " instead of " + effect.from();
    return where == null
        ? String.format(
            Locale.ROOT,
            "On average over the other keys, %s changes %s by %s.",
            change,
            effect.metric().label(),
            estimate)
        : String.format(
            Locale.ROOT,
            "What %s changes in %s differs by %s between %s %s and %s.",
            change,
            effect.metric().label(),
            estimate,
            where.key(),
            where.to(),
            where.from());
  }
}
