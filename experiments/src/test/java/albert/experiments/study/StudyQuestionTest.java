package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study whose author asks nothing asks about what varies. */
final class StudyQuestionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wordnet | {sharing: [none, all]} | How does sharing change accuracy?",
        "wordnet | {sharing: [none, all], groups: [1]} | How do sharing and groups change accurac",
        "cola | {sharing: [none, all], groups: [1], optimizer: [lamb]} | How do sharing, groups and"
            + " optimizer change the Matthews correlation?",
        "sts-b | {sharing: [none]} | How does sharing change Pearson's correlation?",
        "squad-v2.0 | {sharing: [none]} | How does sharing change F1?",
        "wordnet | [{name: A, sharing: all}, {name: B, sharing: none}] | How do A and B differ in",
        "wordnet | {size: [{name: s, hidden_size: 8}]} | How does size change accuracy?",
        "'' | {task: [rte, mrpc]} | How does task change the scores?",
      })
  void itIsMadeFromWhatVaries(String task, String vary, String question) {
    assertThat(study(task, "vary: " + vary + "\n").question()).startsWith(question);
  }

  @Test
  void withoutAnythingThatVaries() {
    assertThat(study("mrpc", "").question()).isEqualTo("What is accuracy on mrpc?");
  }

  @Test
  void theAuthorsOwnWins() {
    assertThat(study("mrpc", "question: Why?\n").question()).isEqualTo("Why?");
  }

  @Test
  void itFollowsTheBaseThatCounts() {
    Study study = study("mrpc", "vary: {sharing: [none, all]}\n");
    ConfigKey task = ConfigKeys.find(ConfigKeys.TASK).orElseThrow();
    Settings other = Settings.of(java.util.List.of(new Setting(task, "cola", "option --task")));
    assertThat(study.withBase(study.base().plus(other)).question())
        .isEqualTo("How does sharing change the Matthews correlation?");
  }

  private static Study study(String task, String more) {
    String own = task.isEmpty() ? "" : ", task: " + task;
    return StudyFile.parse(
        "study: s\nbase: {preset: mini-bert" + own + "}\nseeds: [1]\n" + more, "s.yaml");
  }
}
