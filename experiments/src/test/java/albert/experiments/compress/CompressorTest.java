package albert.experiments.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.Folders;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.stage.StageListener;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.model.compress.CompressedShape;
import albert.model.compress.LayerMerge;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterSharing;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressing a tiny checkpoint on the texts that come by Maven. */
final class CompressorTest {

  private static final UnlabelledText TEXT =
      new UnlabelledText("glosses", UnlabelledText.wordNet().texts().subList(0, 2_000));

  @TempDir private Path folder;

  @Test
  void everyStepComesNearerToTheOriginal() throws IOException {
    CompressionReport report = compress(8, ParameterSharing.ALL, 200, 150).report();
    assertThat(report.steps())
        .extracting(CompressionReport.Step::name)
        .containsExactly("factorise", "fit", "distill");
    List<Double> factorised = report.steps().get(0).distances();
    List<Double> fitted = report.steps().get(1).distances();
    List<Double> distilled = report.steps().get(2).distances();
    assertThat(factorised).hasSize(5);
    assertThat(fitted.get(0)).isLessThan(factorised.get(0));
    assertThat(distilled.get(0)).isEqualTo(fitted.get(0));
    assertThat(distilled.get(4)).isLessThan(0.8 * fitted.get(4));
    assertThat(report.compressedParameters()).isLessThan(report.parameters());
  }

  @Test
  void equalCompressionsAreEqualBitForBitAndAnotherSeedIsAnother() throws IOException {
    LoadedModel first = compress(8, ParameterSharing.FFN, 3, 3).model();
    assertThat(compress(8, ParameterSharing.FFN, 3, 3).model().weights())
        .isEqualTo(first.weights());
    assertThat(compressor(8, ParameterSharing.FFN, config(3, 3, 2)).run().model().weights())
        .isNotEqualTo(first.weights());
  }

  @Test
  void seedZeroIsThatOfTheInitialisation() throws IOException {
    Compressor.Result own = compressor(8, ParameterSharing.FFN, config(3, 3, 0)).run();
    Compressor.Result five = compressor(8, ParameterSharing.FFN, config(3, 3, 5)).run();
    assertThat(own.model().weights()).isEqualTo(five.model().weights());
    assertThat(own.report().settings())
        .as("the report has the seed that it was made with")
        .isEqualTo(five.report().settings())
        .containsEntry("compress_seed", 5L);
  }

  @ParameterizedTest
  @EnumSource(ParameterSharing.class)
  void whatIsWrittenIsAModelDirectoryThatKeepsItsSharing(ParameterSharing sharing)
      throws IOException {
    Compressor.Result result = compress(8, sharing, 0, 0);
    Path directory = folder.resolve("out");
    CompressedDirectory.write(directory, result);
    assertThat(directory.resolve(CompressedDirectory.REPORT)).isNotEmptyFile();
    LoadedModel read = ModelDirectory.read(directory);
    assertThat(read.config().sharing()).isEqualTo(sharing);
    assertThat(read.config().embeddingSize()).isEqualTo(8);
    assertThat(read.weights()).isEqualTo(result.model().weights());
    assertThat(read.tokenizerFile()).isNotNull();
  }

  @Test
  void keptStatesOfTheTeacherGiveTheSameBitsAndOtherShapesReadThem() throws IOException {
    Path states = folder.resolve("teacher");
    LoadedModel alone = compress(8, ParameterSharing.ALL, 2, 3).model();
    Compressor first = kept(compressor(8, ParameterSharing.ALL, config(2, 3, 1)), states);
    assertThat(first.run().model().weights()).isEqualTo(alone.weights());
    Map<Path, FileTime> written = times(states);
    assertThat(written).hasSizeGreaterThan(3); // a train batch a step, and held-out ones
    assertThat(first.run().model().weights()).isEqualTo(alone.weights());
    kept(compressor(4, ParameterSharing.FFN, config(2, 3, 1)), states).run();
    assertThat(times(states)).as("nothing is computed again").isEqualTo(written);
    kept(compressor(8, ParameterSharing.ALL, config(2, 3, 2)), states).run();
    assertThat(times(states))
        .as("another seed has other batches")
        .hasSizeGreaterThan(written.size());
  }

  @Test
  void aDistillationForATimeKeepsNoStates() throws IOException {
    CompressionConfig second = new CompressionConfig(LayerMerge.MEAN, 0, 2, 1, 16, 16, 1e-2, 1);
    Path states = folder.resolve("teacher");
    kept(compressor(8, ParameterSharing.ALL, second), states).run();
    assertThat(states).doesNotExist();
  }

  private static Compressor kept(Compressor compressor, Path states) {
    return new Compressor(
        compressor.source(),
        compressor.target(),
        compressor.config(),
        compressor.seed(),
        compressor.options(),
        TEXT,
        StageWatch.alone(),
        new StopSignal(),
        states);
  }

  private static Map<Path, FileTime> times(Path folder) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    for (Path file : Folders.list(folder)) {
      times.put(file, Files.getLastModifiedTime(file));
    }
    return times;
  }

  @Test
  void weightsThatOverflowAreNamed() throws IOException {
    LoadedModel sound = TinyCheckpoint.model(1);
    Map<String, FloatTensor> huge = new TreeMap<>(sound.weights());
    for (String table : List.of("word_embeddings", "token_type_embeddings")) {
      FloatTensor values = Objects.requireNonNull(huge.get("bert/embeddings/" + table));
      float[] large = values.values().clone();
      Arrays.fill(large, 3e38f);
      huge.put("bert/embeddings/" + table, FloatTensor.of(large, values.shape()));
    }
    Path tokenizer = TinyCheckpoint.write(folder.resolve("sound"), 1).resolve("tokenizer.json");
    CheckpointDirectory.write(
        folder.resolve("source"),
        new LoadedModel(sound.config(), sound.head(), huge, tokenizer, List.of()));
    CompressionConfig alone = new CompressionConfig(LayerMerge.MEAN, 0, 0, 0, 16, 16, 1e-2, 1);
    Compressor compressor = compressor(16, ParameterSharing.ALL, alone);
    assertThatThrownBy(compressor::run)
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("the distance to the original is NaN or infinite after step merge");
  }

  @Test
  void stopsBetweenTwoStepsWhenAsked() throws IOException {
    StopSignal stop = new StopSignal();
    StageListener afterTwo =
        new StageListener() {
          private int steps;

          @Override
          public void stageStepped(long more) {
            if (++steps == 2) {
              stop.raise();
            }
          }
        };
    Compressor compressor = compressor(8, ParameterSharing.ALL, config(5, 5, 1));
    assertThatThrownBy(
            () ->
                new Compressor(
                        compressor.source(),
                        compressor.target(),
                        compressor.config(),
                        compressor.seed(),
                        compressor.options(),
                        TEXT,
                        new StageWatch(afterTwo, System::nanoTime),
                        stop,
                        null)
                    .run())
        .isInstanceOf(StoppedException.class);
  }

  private Compressor.Result compress(
      int embeddingSize, ParameterSharing sharing, int embeddingSteps, int distillSteps)
      throws IOException {
    return compressor(embeddingSize, sharing, config(embeddingSteps, distillSteps, 1)).run();
  }

  private static CompressionConfig config(int embeddingSteps, int distillSteps, int seed) {
    return new CompressionConfig(
        LayerMerge.ALIGNED, embeddingSteps, distillSteps, 0, 16, 16, 1e-2, seed);
  }

  private Compressor compressor(
      int embeddingSize, ParameterSharing sharing, CompressionConfig config) throws IOException {
    Path directory = folder.resolve("source");
    if (!Files.exists(directory)) {
      TinyCheckpoint.write(directory, 1);
    }
    PretrainedModel source = new PretrainedModels().get(directory.toString());
    EncoderConfig target =
        CompressedShape.of(
            source.model().config(),
            source.model().config().toBuilder()
                .embeddingSize(embeddingSize)
                .sharing(sharing)
                .build());
    return new Compressor(
        source,
        target,
        config,
        config.seed(new RunSeeds(5, 6)),
        RuntimeOptions.reproducible(),
        TEXT,
        StageWatch.alone(),
        new StopSignal(),
        null);
  }
}
