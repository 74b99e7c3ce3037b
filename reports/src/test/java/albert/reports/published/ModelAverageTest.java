package albert.reports.published;

import static albert.reports.published.OurRuns.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A model's average over the paper's five tasks beside the printed one. */
class ModelAverageTest {

  private static OurRuns fourTasks() {
    return OurRuns.albertBase()
        .pretrained("sentence_order")
        .varying("task", "squad-v1.1")
        .run(score("squad-v1.1", "f1", 80, "last"), score("squad-v1.1", "exact_match", 70, "last"))
        .varying("task", "squad-v2.0")
        .run(score("squad-v2.0", "f1", 62, "last"), score("squad-v2.0", "exact", 58, "last"))
        .varying("task", "mnli")
        .run(score("mnli", "accuracy", 0.75, "last"))
        .varying("task", "sst-2")
        .run(score("sst-2", "accuracy", 0.9, "last"));
  }

  private static List<PublishedComparison> averages(OurRuns runs) {
    return runs.scores().stream().filter(c -> c.published().metric().equals("Avg")).toList();
  }

  @Test
  void allFiveTasksHaveAnAverageBesideTheTablesOfTheShape() {
    OurRuns runs = fourTasks().varying("task", "race").run(score("race", "accuracy", 0.5, "last"));
    assertThat(averages(runs))
        .isNotEmpty()
        .allSatisfy(
            average -> {
              // (75 + 60 + 75 + 90 + 50) / 5
              assertThat(average.ours()).isCloseTo(70, within(1e-12));
              assertThat(average.what()).isEqualTo("average by the paper's rule");
              assertThat(average.unequal()).isNotEmpty();
            })
        .extracting(average -> average.published().table())
        .contains("Table 2");
    assertThat(averages(runs))
        .filteredOn(average -> average.published().table().equals("Table 2"))
        .singleElement()
        .satisfies(
            average -> {
              assertThat(average.published().row()).isEqualTo("ALBERT-base");
              assertThat(average.difference()).isCloseTo(70 - 80.1, within(1e-12));
              assertThat(average.theirProtocol()).contains("early stopping on dev");
            });
  }

  @Test
  void withoutOneTaskThereIsNone() {
    assertThat(fourTasks().scores()).isNotEmpty();
    assertThat(averages(fourTasks())).isEmpty();
  }
}
