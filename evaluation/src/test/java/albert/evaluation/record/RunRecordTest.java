package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunRecordTest {

  @Test
  void aFailedRunHasAReasonAndNoScore() {
    RunRecord failed = Runs.finished("s", "r").toBuilder().failed("loss is NaN at step 7").build();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.failureReason()).isEqualTo("loss is NaN at step 7");
    assertThat(failed.scores()).isEmpty();
    assertThat(failed.toBuilder().running().build().failureReason()).isNull();
  }

  @Test
  void aFailedRunWithAScoreIsRefused() throws RecordFormatException {
    StrictJson json = new StrictJson();
    String failed = json.write(Runs.running("s", "r").failed("loss is NaN").build());
    Path file = Path.of("run.json");
    assertThat(json.parse(file, 1, failed, RunRecord.class).scores()).isEmpty();
    String score = json.write(Score.of("mrpc", "f1", "dev", 0.5, 408, "last"));
    String scored = failed.replace("\"scores\" : [ ]", "\"scores\" : [ " + score + " ]");
    assertThat(scored).isNotEqualTo(failed);
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> json.parse(file, 1, scored, RunRecord.class))
        .withMessageContaining("a failed run has a score with a value");
  }

  @Test
  void aFinishedRunNeedsSizeAndEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Runs.running("s", "r").finished(List.of()).build())
        .withMessageContaining("size and timings.finished");
  }

  @Test
  void whatIsRequiredIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunRecord.builder().run("s", "r").config(Map.of()).build())
        .withMessageContaining("provenance");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aScoreIsFiniteOrAbsent(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Score.of("mrpc", "f1", "dev", value, 408, "last"))
        .withMessageContaining("the f1 of mrpc is " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score("mrpc", "f1", "dev", null, null, 408, "last"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score("mrpc", "f1", "dev", 0.5, "why", 408, "last"));
  }

  @Test
  void aRecordFromBeforeCostsLatencyAndNotesIsRead() throws RecordFormatException {
    StrictJson json = new StrictJson();
    RunRecord run = Runs.finished("s", "r");
    String old =
        json.write(run)
            .replaceFirst(",\\s*\"costs\" : null", "")
            .replaceFirst(",\\s*\"latency\" : null", "")
            .replaceFirst(",\\s*\"notes\" : \\[ \\]", "");
    assertThat(old).doesNotContain("costs", "latency", "notes");
    assertThat(json.parse(Path.of("run.json"), 1, old, RunRecord.class)).isEqualTo(run);
    String without = old.replaceFirst(",\\s*\"peak_rss_mb\" : [0-9.]+", "");
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> json.parse(Path.of("run.json"), 1, without, RunRecord.class))
        .withMessageContaining("missing key 'peak_rss_mb' in performance");
  }

  @Test
  void costsLatencyAndNotesAreKept() throws RecordFormatException {
    StrictJson json = new StrictJson();
    ModelCosts.Cost cost = new ModelCosts.Cost(1, 2e9, 6e9, 4, 40, 100, 12);
    RunRecord run =
        Runs.finished("s", "r").toBuilder()
            .costs(new ModelCosts(128, 32, cost, cost))
            .performance(new Performance(null, 2.5, null, new Latency(1, 2, 3, 50, 128)))
            .notes(List.of("the last weights predict one class for all of dev"))
            .build();
    assertThat(json.parse(Path.of("run.json"), 1, json.write(run), RunRecord.class)).isEqualTo(run);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latency(2, 1, 3, 50, 128))
        .withMessageContaining("do not fall");
  }

  @Test
  void timesOfStagesAndSkippedStepsAreKeptAndOlderRecordsHaveNone() throws RecordFormatException {
    StrictJson json = new StrictJson();
    RunRecord run = Runs.finished("s", "r");
    Timings timings = run.timings();
    Timings measured =
        new Timings(
            timings.started(),
            timings.finished(),
            80.5,
            null,
            List.of(
                new StageSeconds(Stage.DISTILLATION, 300, 65.2),
                new StageSeconds(Stage.TRAINING, 80, 80.5)),
            2L);
    RunRecord with = run.toBuilder().timings(measured).build();
    String text = json.write(with);
    assertThat(text)
        .contains("\"stage\" : \"distillation\"", "\"seconds\" : 65.2", "\"skipped_steps\" : 2");
    assertThat(json.parse(Path.of("run.json"), 1, text, RunRecord.class)).isEqualTo(with);
    String older =
        json.write(run)
            .replaceAll(",\\s*\"stages\" : \\[ *\\]", "")
            .replaceAll(",\\s*\"skipped_steps\" : null", "");
    assertThat(older).doesNotContain("stages", "skipped_steps");
    assertThat(json.parse(Path.of("run.json"), 1, older, RunRecord.class)).isEqualTo(run);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StageSeconds(Stage.TRAINING, 1, -1))
        .withMessageContaining("seconds is -1.0");
  }

  @Test
  void tablesCompareTheScoresOfTheFirstProtocol() {
    Score last = Score.of("mrpc", "f1", "dev", 0.8, 408, "last");
    Score best = Score.of("mrpc", "f1", "dev", 0.9, 408, "best-on-dev of 3");
    RunRecord run = Runs.finished("s", "r").toBuilder().finished(List.of(last, best)).build();
    assertThat(run.headlineScores()).containsExactly(last);
    Score part = Score.of("mrpc", "f1_person", "dev", 0.7, 408, "last");
    assertThat(Score.headlines(List.of(last, part))).containsExactly(last);
    assertThat(Score.headlines(List.of(part))).containsExactly(part);
    Score ofSome = Score.of("mrpc", "f1_middle", "dev", 0.6, 100, "last");
    assertThat(Score.headlines(List.of(last, part, ofSome)))
        .as("a part with examples of its own is compared too")
        .containsExactly(last, ofSome);
    assertThat(run.toBuilder().running().build().headlineScores()).isEmpty();
  }

  @Test
  void theConfigurationIsCopied() {
    Map<String, Object> config = new TreeMap<>(Map.of("epochs", 3));
    RunRecord run = Runs.running("s", "r").config(config).build();
    config.put("epochs", 4);
    assertThat(run.config()).containsExactly(Map.entry("epochs", 3L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sharing", "a", "A.b-c_1", "0123456789ab", "x.y"})
  void goodNames(String name) {
    assertThat(FolderName.require("study", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "../a",
        "a..b",
        "a\\b",
        ".hidden",
        "-rf",
        "a.",
        "a b",
        "ä",
        "a\n",
        "a\u0000",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void badNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Runs.running(name, "r").build())
        .withMessageStartingWith("study is '")
        .withMessageContaining("allowed are");
    assertThatIllegalArgumentException().isThrownBy(() -> Runs.running("s", name).build());
  }
}
