package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.config.Keep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan makes of keys that change nothing of a run. */
final class RunPlanTest {

  private static final String GOOD =
      """
      study: sharing
      question: What does sharing cost?
      base: {preset: mini-bert, task: wordnet, learning_rate: 5e-5}
      vary:
        sharing: [none, all]
        embedding_size: [256, 128]
      baseline: {sharing: none, embedding_size: 256}
      seeds: [1, 2]
      """;

  @Test
  void variantsThatDifferInWhatIsAroundARunAreTheSame() {
    for (String around : List.of("keep: [best, none]", "threads: [1, 2]")) {
      String text =
          GOOD.replace("embedding_size: [256, 128]", around)
              .replace(", embedding_size: 256", ", " + around.replaceAll("\\[(\\w+).*", "$1"));
      assertThatThrownBy(() -> RunPlan.of(StudyFile.parse(text, "x.yaml")))
          .hasMessageContaining("are the same in x.yaml");
    }
  }

  @Test
  void aStudyLeavesNoWeightsUnlessItSaysSo() {
    assertThat(RunPlan.of(StudyFile.parse(GOOD, "x.yaml")).runs())
        .allMatch(run -> run.config().training().keep() == Keep.NONE);
    String best = GOOD.replace("task: wordnet", "keep: best, task: wordnet");
    assertThat(RunPlan.of(StudyFile.parse(best, "x.yaml")).runs())
        .allMatch(run -> run.config().training().keep() == Keep.BEST);
  }
}
