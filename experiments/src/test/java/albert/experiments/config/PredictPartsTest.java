package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.GlueTask;
import albert.datasets.text.TextExample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PredictPartsTest {

  private static List<TextExample> examples(double... labels) {
    return Arrays.stream(labels)
        .mapToObj(label -> new TextExample("row" + label, "a", "b", label))
        .toList();
  }

  @Test
  void aPartIsLabelledIfEveryExampleIs() {
    TaskData<TextExample> data =
        TaskData.of(
            GlueTask.MNLI,
            Map.of(
                SplitName.TRAIN, examples(0, 1),
                SplitName.DEV, examples(0, 1),
                SplitName.DEV_MISMATCHED, examples(0, 1),
                SplitName.TEST, examples(Double.NaN, Double.NaN),
                SplitName.TEST_MISMATCHED, examples(0, Double.NaN)),
            GlueTask.MNLI.labels(),
            "a test");
    assertThat(PredictParts.DEV.of(data)).isEmpty();
    assertThat(PredictParts.LABELLED.of(data)).containsExactly(SplitName.DEV_MISMATCHED);
    assertThat(PredictParts.ALL.of(data))
        .containsExactly(SplitName.DEV_MISMATCHED, SplitName.TEST, SplitName.TEST_MISMATCHED);
  }
}
