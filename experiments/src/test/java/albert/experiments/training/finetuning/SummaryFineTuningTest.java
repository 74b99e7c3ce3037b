package albert.experiments.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.summary.SummaryTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.task.summary.SummaryKind;
import albert.experiments.training.TrainingListener;
import albert.model.io.HeadKind;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of tiny models that choose sentences. */
final class SummaryFineTuningTest {

  @TempDir private Path folder;

  /** By extracts that are computed; most documents have two windows. */
  @Test
  void learnsTwentyFourDocumentsByHeart() throws IOException {
    SummaryTask task = SummaryTask.CNN_DAILYMAIL;
    RunConfig config = config(task, "max_steps", "700", "summary_sentences", "1");
    FineTuning.Result result = train("run", task, config, new StopSignal());
    assertThat(result.scores().subList(0, task.metricIds().size()))
        .extracting(Score::metric)
        .isEqualTo(task.metricIds());
    Score rouge1 = result.scores().get(0);
    assertThat(rouge1.n()).isEqualTo(24);
    assertThat(Objects.requireNonNull(rouge1.value()))
        .as("one of three to five sentences at random would have less than 0.6")
        .isGreaterThan(0.9);
    assertThat(ModelDirectory.read(directory("run").checkpoint()).head().kind())
        .isEqualTo(HeadKind.SENTENCE_SCORING);
  }

  @Test
  void goesOnBitForBit() throws IOException {
    RunConfig config =
        config(
            SummaryTask.SCITLDR,
            "max_steps",
            "12",
            "checkpoint_steps",
            "4",
            "hidden_dropout_prob",
            "0.1",
            "eval_steps",
            "5");
    FineTuning.Result unbroken = train("unbroken", SummaryTask.SCITLDR, config, new StopSignal());
    StopSignal stop = new StopSignal();
    List<String> steps = new ArrayList<>();
    assertThatThrownBy(
            () ->
                job(SummaryTask.SCITLDR, config, stop)
                    .run(
                        directory("broken"),
                        (step, result, rate) -> {
                          steps.add(step + " " + result);
                          if (step == 7) {
                            stop.raise();
                          }
                        },
                        FineTuning.Afterwards.NOTHING))
        .isInstanceOf(StoppedException.class);
    assertThat(steps).hasSize(7);
    FineTuning.Result resumed = train("broken", SummaryTask.SCITLDR, config, new StopSignal());
    assertThat(resumed.scores()).isEqualTo(unbroken.scores());
    for (String file :
        List.of(
            "checkpoint/model.safetensors",
            "checkpoint-best/model.safetensors",
            "predictions/dev.jsonl",
            "metrics.jsonl")) {
      assertThat(Files.readAllBytes(path("broken", file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(path("unbroken", file)));
    }
  }

  private Path path(String run, String file) {
    return directory(run).path().resolve(file);
  }

  private FineTuning.Result train(String name, SummaryTask task, RunConfig config, StopSignal stop)
      throws IOException {
    return job(task, config, stop)
        .run(directory(name), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
  }

  private static FineTuning job(SummaryTask task, RunConfig config, StopSignal stop) {
    Path file = Tokenizers.bundledBertUncasedFile();
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      EncodedTask encoded =
          new TaskSource.OfKind<>(new SummaryKind(), SmallDocuments.data(task, 24))
              .encode(config, tokenizer, file);
      return new FineTuning(config, new RunSeeds(1, 1), encoded, null, stop);
    }
  }

  /** Sequences have room for four sentences or so: most documents are read in two windows. */
  private static RunConfig config(SummaryTask task, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "task", task.id(),
                "vocab_size", "30522",
                "max_position_embeddings", "32",
                "max_seq_length", "32",
                "warmup_steps", "10",
                "hidden_dropout_prob", "0"));
    all.addAll(List.of(more));
    return SmallTask.config(all.toArray(String[]::new));
  }

  private RunDirectory directory(String name) {
    return new RunDirectory(folder.resolve(name));
  }
}
