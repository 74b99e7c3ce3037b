package albert.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.task.LabelKind;
import albert.evaluation.record.RunDirectory;
import albert.experiments.config.Keep;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.stage.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of its weights a run leaves, by the key {@code keep}; all else is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunWeightsTest {

  private static final String FILE = "model.safetensors";

  private Path folder = Path.of("");
  private Left both = new Left(Path.of(""), null);

  /** A training that is over. */
  private record Left(Path path, FineTuning.@Nullable Result result) {

    byte[] weights(String name) throws IOException {
      return Files.readAllBytes(path.resolve(name).resolve(FILE));
    }

    long diskBytes() {
      return Objects.requireNonNull(Objects.requireNonNull(result).size().diskBytes());
    }
  }

  @BeforeAll
  void trainOnce(@TempDir Path shared) throws IOException {
    folder = shared;
    both = train("both", Keep.BOTH);
    assertThat(both.weights("checkpoint")).isNotEqualTo(both.weights("checkpoint-best"));
  }

  @ParameterizedTest
  @EnumSource(Keep.class)
  void leavesWhatIsToBeKept(Keep keep) throws IOException {
    Left left = train(keep + "-again", keep);
    RunWeights weights = new RunWeights(new RunDirectory(left.path));
    Path checkpoint = left.path.resolve("checkpoint");
    Path beside = left.path.resolve("checkpoint-best");
    switch (keep) {
      case BOTH -> {
        assertThat(weights.last()).contains(checkpoint);
        assertThat(weights.best()).contains(beside);
      }
      case LAST -> {
        assertThat(left.weights("checkpoint")).isEqualTo(both.weights("checkpoint"));
        assertThat(weights.last()).contains(checkpoint);
        assertThat(weights.best()).isEmpty();
      }
      case BEST -> {
        assertThat(left.weights("checkpoint")).isEqualTo(both.weights("checkpoint-best"));
        assertThat(weights.best()).contains(checkpoint);
        assertThat(weights.last()).isEmpty();
      }
      case NONE -> {
        assertThat(checkpoint).doesNotExist();
        assertThat(weights.exist()).isFalse();
      }
    }
    assertThat(Files.exists(beside)).isEqualTo(keep == Keep.BOTH);
    assertThat(left.diskBytes())
        .as("the size of the model, whether it is written or not")
        .isEqualTo(both.weights("checkpoint").length);
    assertThat(Objects.requireNonNull(left.result).scores())
        .isEqualTo(Objects.requireNonNull(both.result).scores());
    for (String file : List.of("dev.jsonl", "dev-best.jsonl")) {
      assertThat(left.path.resolve("predictions").resolve(file))
          .hasSameTextualContentAs(both.path.resolve("predictions").resolve(file));
    }
  }

  @Test
  void whatAnEarlierAttemptLeftGoesToo() throws IOException {
    Left first = train("twice", Keep.BOTH);
    Files.deleteIfExists(first.path.resolve("state/state.json"));
    RunFiles.deleteFolder(first.path.resolve("state"));
    train("twice", Keep.NONE);
    assertThat(first.path.resolve("checkpoint")).doesNotExist();
    assertThat(first.path.resolve("checkpoint-best")).doesNotExist();
  }

  @Test
  void theBestAloneTakeThePlaceOfTheLast() throws IOException {
    Left left = train("reduced", Keep.BOTH);
    RunWeights weights = new RunWeights(new RunDirectory(left.path));
    assertThat(weights.superfluous(Keep.BEST)).containsExactly(left.path.resolve("checkpoint"));
    weights.reduce(Keep.BEST);
    assertThat(left.weights("checkpoint")).isEqualTo(both.weights("checkpoint-best"));
    assertThat(left.path.resolve("checkpoint-best")).doesNotExist();
    assertThat(weights.best()).contains(left.path.resolve("checkpoint"));
    assertThat(weights.last()).isEmpty();
    assertThat(weights.superfluous(Keep.BEST)).isEmpty();

    weights.reduce(Keep.BEST);
    assertThat(weights.best()).isPresent();
    weights.reduce(Keep.NONE);
    assertThat(weights.exist()).isFalse();
  }

  @Test
  void isNoPartOfWhatARunIs() {
    RunConfig none = SmallTask.config("keep", "none");
    assertThat(none.identity()).isEqualTo(SmallTask.config("keep", "both").identity());
    assertThat(none.values()).containsEntry("keep", "none");
    assertThat(SmallTask.config().values()).containsEntry("keep", "both");
  }

  private Left train(String name, Keep keep) throws IOException {
    RunConfig config =
        SmallTask.config(
            "max_steps",
            "12",
            "eval_steps",
            "2",
            "learning_rate",
            "0.02",
            "keep",
            keep.name().toLowerCase(Locale.ROOT));
    Path path = folder.resolve(name);
    return new Left(
        path,
        new FineTuning(
                config,
                new RunSeeds(2, 2),
                SmallTask.of(LabelKind.CLASSIFICATION, 20, 3),
                null,
                new StopSignal())
            .run(new RunDirectory(path), (s, r, x) -> {}, FineTuning.Afterwards.NOTHING));
  }
}
