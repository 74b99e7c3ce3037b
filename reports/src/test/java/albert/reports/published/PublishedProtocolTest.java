package albert.reports.published;

import static albert.reports.published.OurRuns.heldOut;
import static albert.reports.published.OurRuns.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Score;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of our scores stands beside a published one, and what is said of the two. */
class PublishedProtocolTest {
  private static final String NOT_BEST =
      "checkpoint: ours is last, theirs by early stopping on dev";

  @Test
  void everyPublishedScoreHasAProtocol() {
    PublishedFigures figures = PublishedFigures.all();
    int found = 0;
    for (PublishedModel model : figures.models()) {
      for (PublishedNumber number : figures.of(model)) {
        for (PublishedMetric metric : figures.metrics()) {
          if (metric.published().equals(number.metric())) {
            assertThat(figures.protocol(model, metric).words()).isNotEmpty();
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThan(300);
  }

  @Test
  void besideEarlyStoppingStandsTheMedianOfTheBestOnDev() {
    PublishedComparison beside =
        OurRuns.shape(12, 768, 128, "attention")
            .sst2(0.80, 0.90)
            .sst2(0.70, 0.86)
            .sst2(0.80, 0.85)
            .beside("Table 4", "E=128 shared-attention");
    assertThat(beside.ours()).isCloseTo(86.0, within(1e-9));
    assertThat(beside.oursText()).isEqualTo("86.00");
    assertThat(beside.difference()).isCloseTo(-5.9, within(1e-9));
    assertThat(beside.protocol())
        .isEqualTo(
            "median of 3 seeds; checkpoint: best on dev of 4 evaluations; trained from scratch");
    assertThat(beside.theirProtocol())
        .isEqualTo(
            "early stopping on dev; median of 5 runs for GLUE tasks that vary much on dev, which"
                + " ones is not said (section 4.2.2)");
    assertThat(beside.unequal())
        .containsExactly(
            "pretraining: ours is none, theirs 125k steps of 4096 on Wikipedia and BookCorpus",
            "aggregate: ours is median of 3 seeds, theirs a median of 5 or not said");
  }

  /** A score that one of the runs lacks is of no use: both ways in one figure are none. */
  @Test
  void withoutABestOnDevOfEveryRunTheHeadlineStandsThereAndIsMarked() {
    PublishedComparison beside =
        OurRuns.shape(12, 768, 128, "attention")
            .sst2(0.80, 0.90)
            .run(score("sst-2", "accuracy", 0.70, "last"))
            .beside("Table 4", "E=128 shared-attention");
    assertThat(beside.ours()).isCloseTo(75.0, within(1e-9));
    assertThat(beside.protocol()).startsWith("median of 2 seeds; checkpoint: last; ");
    assertThat(beside.unequal()).contains(NOT_BEST);
  }

  @Test
  void theBestOfOneEvaluationWasNotChosen() {
    PublishedComparison beside =
        OurRuns.shape(12, 768, 128, "attention")
            .run(
                score("sst-2", "accuracy", 0.8, "last"),
                score("sst-2", "accuracy", 0.8, "best-on-dev of 1"))
            .beside("Table 4", "E=128 shared-attention");
    assertThat(beside.protocol()).startsWith("one run; checkpoint: best on dev of 1 evaluation; ");
    assertThat(beside.unequal())
        .contains(
            "checkpoint: ours is best on dev of 1 evaluation, theirs by early stopping on dev");
  }

  @Test
  void besideSquadScoresStandsAMeanForHowManyRunsTheyAreIsNotSaid() {
    PublishedComparison beside =
        OurRuns.shape(12, 768, 128, "attention")
            .run(squad(80, "last"), squad(81, "best-on-dev of 2"))
            .run(squad(80, "last"), squad(82, "best-on-dev of 2"))
            .run(squad(80, "last"), squad(89, "best-on-dev of 2"))
            .beside("Table 4", "E=128 shared-attention");
    assertThat(beside.published().metric()).isEqualTo("SQuAD1.1_F1");
    assertThat(beside.ours()).isCloseTo(84.0, within(1e-9));
    assertThat(beside.unequal())
        .contains("aggregate: ours is mean of 3 seeds, theirs is not said")
        .noneMatch(text -> text.startsWith("checkpoint"));
  }

  private static Score squad(double value, String protocol) {
    return score("squad-v1.1", "f1", value, protocol);
  }

  @Test
  void fiveSeedsAreAsManyAsTheMediansOfTable9() {
    OurRuns five = xxlarge("rte");
    OurRuns three = xxlarge("rte");
    for (double value : List.of(0.5, 0.6, 0.7, 0.9, 0.9)) {
      five.run(
          score("rte", "accuracy", value, "last"),
          score("rte", "accuracy", value, "best-on-dev of 2"));
    }
    three.run(
        score("rte", "accuracy", 0.5, "last"), score("rte", "accuracy", 0.5, "best-on-dev of 2"));
    PublishedComparison median = five.beside("Table 9", "dev single ALBERT (1M)");
    assertThat(median.ours()).isCloseTo(70.0, within(1e-9));
    assertThat(median.unequal())
        .contains("start: theirs began from a checkpoint fine-tuned on MNLI")
        .noneMatch(text -> text.startsWith("aggregate") || text.startsWith("checkpoint"));
    assertThat(median.theirProtocol())
        .isEqualTo(
            "early stopping on dev (section 4.2.2); median of 5 runs, begun from a checkpoint"
                + " fine-tuned on MNLI (section 4.9)");
    assertThat(three.beside("Table 9", "dev single ALBERT (1M)").unequal())
        .contains("aggregate: ours is one run, theirs a median of 5");
  }

  private static OurRuns xxlarge(String task) {
    return OurRuns.shape(12, 4096, 128, "all")
        .pretrained("sentence_order")
        .with("task", task)
        .with("pretrain_additional_corpus", "news")
        .with("pretrain_hidden_dropout_prob", 0.0)
        .with("pretrain_attention_probs_dropout_prob", 0.0);
  }

  /** Footnote 4 of the paper is about the paper's own models. */
  @Test
  void ofBertInTable9NothingIsSaid() {
    PublishedComparison beside =
        OurRuns.shape(24, 1024, 1024, "none")
            .run(
                score("rte", "accuracy", 0.7, "last"),
                score("rte", "accuracy", 0.8, "best-on-dev of 2"))
            .beside("Table 9", "dev single BERT-large");
    assertThat(beside.ours()).isCloseTo(70.0, within(1e-9));
    assertThat(beside.setting()).isEqualTo("how it was pretrained is not said");
    assertThat(beside.unequal())
        .containsExactly(
            "pretraining: ours is none, theirs is not said",
            "weights: what theirs began from is not said",
            "start: whether theirs began from a checkpoint fine-tuned on MNLI is not said",
            "aggregate: ours is one run, theirs is not said",
            "checkpoint: ours is last, theirs is not said");
  }

  @Test
  void aMetricThatThePaperDoesNotNameIsMarked() {
    assertThat(
            xxlarge("mrpc")
                .run(score("mrpc", "accuracy", 0.9, "last"))
                .beside("Table 9", "dev single ALBERT (1M)")
                .unequal())
        .contains("metric: GLUE has two for this task and theirs is not named, ours is accuracy");
    assertThat(
            xxlarge("rte")
                .run(score("rte", "accuracy", 0.9, "last"))
                .beside("Table 9", "dev single ALBERT (1M)")
                .unequal())
        .noneMatch(text -> text.startsWith("metric"));
  }

  @Test
  void maskedWordsAreOfAnotherTextAndChooseNothing() {
    PublishedComparison beside =
        OurRuns.albertBase()
            .pretrained("sentence_order")
            .with("pretrain_seed", 1)
            .run(score("sst-2", "accuracy", 0.8, "last"), heldOut("masked-lm", 0.41))
            .run(score("sst-2", "accuracy", 0.8, "last"), heldOut("masked-lm", 0.41))
            .beside("Table 5", "SOP");
    assertThat(beside.published().metric()).isEqualTo("MLM_acc");
    assertThat(beside.ours()).isCloseTo(41.0, within(1e-9));
    assertThat(beside.protocol())
        .isEqualTo("one pretraining; checkpoint: last; pretrained by the study");
    assertThat(beside.unequal())
        .contains(
            "text: theirs is made of the dev sets of SQuAD and RACE, ours is held out of its own",
            "aggregate: ours is one pretraining, theirs is not said")
        .noneMatch(text -> text.startsWith("checkpoint"));
  }

  @Test
  void partsOfTheTrainingDataAreMarked() {
    OurRuns runs = OurRuns.shape(12, 768, 128, "attention").with("max_train_examples", 4000);
    assertThat(runs.sst2(0.8, 0.9).beside("Table 4", "E=128 shared-attention").unequal())
        .contains("training examples: ours are the first 4,000, theirs all");
    OurRuns split = OurRuns.shape(12, 768, 128, "attention").run(squad(80, "last"));
    DataFingerprint data =
        DataFingerprint.of(
            "squad-v1.1",
            "0123456789abcdef".repeat(4),
            Map.of(),
            "dev split by article: train 7, dev 3 (not comparable with published figures)");
    split.runs().set(0, split.runs().get(0).toBuilder().data(List.of(data)).build());
    assertThat(split.beside("Table 4", "E=128 shared-attention").unequal())
        .contains("data: ours are parts of the dev set, for training and for scores");
  }

  @Test
  void aFailedSeedIsSaid() {
    OurRuns runs =
        OurRuns.shape(12, 768, 128, "attention")
            .with("task", "sst-2")
            .sst2(0.8, 0.9)
            .sst2(0.8, 0.9)
            .sst2(0.8, 0.9);
    runs.runs().set(1, runs.runs().get(1).toBuilder().failed("loss is NaN at step 9").build());
    assertThat(runs.beside("Table 4", "E=128 shared-attention").protocol())
        .startsWith("median of 2 seeds (1 failed); ");
  }
}
