package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.study.RunPlan;
import albert.experiments.study.StudyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set and does not act is said, and not shown as if it did. */
final class IdleKeysTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs=3 max_steps=80 | epochs | max_steps decides",
        "warmup_proportion=0.1 warmup_steps=10 | warmup_proportion | warmup_steps decides",
        "optimizer=lamb bias_correction=true | bias_correction | LAMB does without it",
        "epochs=1 early_stopping_patience=2 | early_stopping_patience | dev is evaluated once, at",
        "max_steps=80 eval_steps=80 early_stopping_patience=2 | early_stopping_patience | dev is",
        "task=sts-b class_weights=balanced | class_weights | the task has no classes",
        "task=squad-v1.1 span_head=bert max_seq_length=384 start_n_top=3 | start_n_top | span_head",
        "task=squad-v1.1 span_head=bert max_seq_length=384 end_n_top=3 | end_n_top | span_head is",
        "task=squad-v1.1 max_seq_length=384 null_score_diff_threshold=1 |"
            + " null_score_diff_threshold | every question of the task has an answer",
        "task=squad-v1.1 max_seq_length=384 classifier_pooling=mean | classifier_pooling |"
            + " the task's head reads every token by itself",
        "sharing=all sharing_pattern=cycle | sharing_pattern | all layers that share have one set",
        "project_equal_sizes=true | project_equal_sizes | embedding_size is not hidden_size",
        "pretrain_corpus=none pretrain_max_steps=9 | pretrain_max_steps | nothing is pretrained",
        "pretrain_corpus=wordnet pretrain_held_out_proportion=0 pretrain_eval_examples=9 |"
            + " pretrain_eval_examples | nothing is held out",
      })
  void aKeyThatDoesNotAct(String settings, String key, String reason) {
    Settings given = settings(settings);
    RunConfig config = RunConfig.resolve(given);
    assertThat(IdleKeys.notes(given, config))
        .filteredOn(note -> note.startsWith(key + " is set, but " + reason))
        .hasSize(1);
    assertThat(IdleKeys.acting(config)).doesNotContainKey(key);
  }

  @ParameterizedTest
  @CsvSource({
    "epochs=3",
    "max_steps=80",
    "epochs=3 max_steps=0",
    "warmup_steps=0 warmup_proportion=0.1",
    "optimizer=adamw bias_correction=false",
    "epochs=2 early_stopping_patience=2",
    "max_steps=80 eval_steps=20 early_stopping_patience=2",
    "task=mrpc class_weights=balanced",
    "task=mrpc classifier_pooling=mean",
    "task=squad-v2.0 max_seq_length=384 start_n_top=3 null_score_diff_threshold=1",
    "sharing=all groups=2 sharing_pattern=cycle",
    "pretrain_corpus=none",
  })
  void aKeyThatActs(String settings) {
    Settings given = settings(settings);
    RunConfig config = RunConfig.resolve(given);
    assertThat(IdleKeys.notes(given, config)).isEmpty();
    assertThat(IdleKeys.acting(config).keySet())
        .containsAll(
            given.values().keySet().stream().filter(key -> !key.startsWith("pretrain")).toList());
  }

  @Test
  void whatIsKeptInRecordsIsWhole() {
    RunConfig config = RunConfig.resolve(settings("epochs=3 max_steps=80"));
    assertThat(config.values()).containsEntry("epochs", 3);
  }

  @Test
  void aRecordWithLongsIsReadTheSame() {
    assertThat(IdleKeys.of(Map.of("max_steps", 80L, "epochs", 3L, "groups", 2L)))
        .containsExactly(Map.entry("epochs", "max_steps decides"));
  }

  @Test
  void compressionThatIsNotDone() {
    ConfigKey key = ConfigKeys.find("distill_steps").orElseThrow();
    Settings given =
        settings("epochs=3").plus(Settings.of(List.of(new Setting(key, 300, "x.yaml, line 1"))));
    RunConfig config = RunConfig.resolve(settings("epochs=3"));
    assertThat(IdleKeys.notes(given, config))
        .containsExactly("distill_steps is set, but nothing is compressed");
  }

  @Test
  void aNoteThatIsNotOfAllVariantsNamesOne() {
    RunPlan plan =
        RunPlan.of(
            StudyFile.parse(
                """
                study: s
                base: {preset: mini-bert, task: wordnet, epochs: 3, bias_correction: false}
                vary:
                  optimizer: [adamw, lamb]
                  max_steps: [10]
                seeds: [1, 2]
                """,
                "s.yaml"));
    assertThat(plan.idleNotes())
        .containsExactly(
            "epochs is set, but max_steps decides",
            "bias_correction is set, but LAMB does without it (in optimizer=lamb, max_steps=10)");
  }

  @Test
  void keysOfACompressionNeedNotActInEveryVariant() {
    assertThat(idle("[{name: a, sharing: none}, {name: b, embedding_size: 64}]")).isEmpty();
    assertThat(idle("[{name: a, sharing: none}, {name: b, sharing: none, epochs: 2}]"))
        .as("in none of them")
        .containsExactly("distill_steps is set, but nothing is compressed");
    assertThat(idle("[{name: a, merge: aligned}, {name: b, embedding_size: 64}]"))
        .as("set by the variant itself")
        .containsExactly("merge is set, but nothing is compressed (in a)");
    assertThat(
            idle(
                "[{name: a, sharing: none}, {name: b, embedding_size: 64},"
                    + " {name: c, sharing: none, epochs: 2, distill_steps: 8}]"))
        .as("the variant that sets it is named, not one that has it of base")
        .containsExactly("distill_steps is set, but nothing is compressed (in c)");
  }

  private static Set<String> idle(String variants) {
    return RunPlan.of(
            StudyFile.parse(
                "study: s\nbase: {model: \"maven:all-MiniLM-L6-v2\", task: wordnet, distill_steps: 9}\n"
                    + "vary: "
                    + variants
                    + "\nseeds: [1]\n",
                "s.yaml"),
            new PretrainedModels())
        .idleNotes();
  }

  private static Settings settings(String text) {
    List<Setting> settings = new ArrayList<>();
    String all = text.contains("task=") ? text : "task=wordnet " + text;
    for (String one : ("preset=mini-albert " + all).split(" ", -1)) {
      String[] parts = one.split("=", 2);
      ConfigKey key = ConfigKeys.find(parts[0]).orElseThrow();
      settings.add(new Setting(key, key.parse(parts[1]), "option " + key.option()));
    }
    return Settings.of(settings);
  }
}
