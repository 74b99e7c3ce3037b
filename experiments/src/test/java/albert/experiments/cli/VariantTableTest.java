package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.Score;
import albert.experiments.cli.terminal.WindowSize;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The variants of a study while it runs. */
final class VariantTableTest {

  private static final WindowSize WIDE = new WindowSize(20, 80);
  private static final RunConfig CONFIG =
      RunConfig.resolve(
          Settings.of(List.of(setting("task", "wordnet"), setting("preset", "mini-albert"))));

  private static Setting setting(String key, String value) {
    return new Setting(ConfigKeys.find(key).orElseThrow(), value, "the test");
  }

  private static PlannedRun run(String variant, int seed) {
    return new PlannedRun(variant, Settings.NONE, CONFIG, new RunSeeds(seed, seed));
  }

  /** Seed by seed. */
  private static List<PlannedRun> runs(int seeds, String... variants) {
    List<PlannedRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (String variant : variants) {
        runs.add(run(variant, seed));
      }
    }
    return runs;
  }

  private static List<Score> accuracy(double value) {
    return List.of(Score.of("wordnet", "accuracy", "dev", value, 10, "last"));
  }

  @Test
  void itFillsAsRunsEnd() {
    VariantTable table = new VariantTable(runs(2, "BERT", "factorised"), null);
    table.began(run("BERT", 1));
    assertThat(table.lines(WIDE))
        .containsExactly(
            "variant     mean ± sd  seeds",
            "BERT                   0 of 2, at work",
            "factorised             0 of 2");
    assertThat(table.ended(run("BERT", 1), accuracy(0.5))).isEmpty();
    assertThat(table.ended(run("factorised", 1), List.of())).isEmpty();
    assertThat(table.ended(run("BERT", 2), accuracy(0.7)))
        .contains("BERT: 0.6000 ± 0.1414 accuracy (2 seeds)");
    table.began(run("factorised", 2));
    assertThat(table.lines(WIDE))
        .containsExactly(
            "variant     mean ± sd                 seeds",
            "BERT        0.6000 ± 0.1414 accuracy  2 of 2",
            "factorised  1 failed                  1 of 2, at work");
    List<Score> undefined =
        List.of(Score.absent("wordnet", "accuracy", "dev", "no labels", 10, "last"));
    assertThat(table.ended(run("factorised", 2), undefined))
        .contains("factorised: 1 failed, 1 undefined (2 seeds)");
  }

  @Test
  void theDeclaredMetricIsShownWhereThereIsOne() {
    VariantTable table = new VariantTable(runs(1, "a", "b"), "f1");
    List<Score> both =
        List.of(
            Score.of("squad-v1.1", "exact_match", "dev", 70, 10, "last"),
            Score.of("squad-v1.1", "f1", "dev", 81.25, 10, "last"));
    assertThat(table.ended(run("a", 1), both)).as("a single seed has its line").isEmpty();
    table.ended(run("b", 1), accuracy(0.5));
    assertThat(table.lines(WIDE))
        .containsExactly(
            "variant  mean ± sd        seeds",
            "a        81.25 f1         1 of 1",
            "b        0.5000 accuracy  1 of 1");
  }

  @Test
  void aSmallWindowShowsTheRowAtWork() {
    String[] names = new String[30];
    for (int i = 0; i < names.length; i++) {
      names[i] = String.format(Locale.ROOT, "a variant with a long name, %d", i);
    }
    VariantTable table = new VariantTable(runs(1, names), null);
    for (int i = 0; i < names.length; i++) {
      table.began(run(names[i], 1));
      assertThat(table.lines(new WindowSize(6, 80)))
          .hasSize(6)
          .anyMatch(line -> line.endsWith("0 of 1, at work"));
      assertThat(table.lines(new WindowSize(0, 25)))
          .hasSize(2)
          .allMatch(line -> line.length() <= 25);
    }
    assertThat(table.lines(new WindowSize(6, 80)).get(0)).startsWith("variant 26 to 30 of 30 ");
  }

  @Test
  void aSingleRunHasNone() {
    assertThat(new VariantTable(runs(1, "a"), null).lines(WIDE)).isEmpty();
    VariantTable none = new VariantTable(List.of(), null);
    none.began(run("a", 1));
    assertThat(none.ended(run("a", 1), accuracy(0.5))).isEmpty();
    assertThat(none.lines(WIDE)).isEmpty();
  }
}
