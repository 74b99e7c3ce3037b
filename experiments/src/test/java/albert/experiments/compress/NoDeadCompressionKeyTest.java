package albert.experiments.compress;

import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.KeyFlips;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.compress.CompressedShape;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterSharing;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every key of a compression changes the weights. */
final class NoDeadCompressionKeyTest {
  private static final UnlabelledText TEXT =
      new UnlabelledText("glosses", UnlabelledText.wordNet().texts().subList(0, 500));

  private static final RunSeeds SEEDS = new RunSeeds(1, 1);

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> keysOfACompression() throws IOException {
    TinyCheckpoint.write(folder, 1);
    PretrainedModel source = new PretrainedModels().get(folder.toString());
    return new KeyFlips(settings -> weights(source, config(settings)))
        .flip("merge", "aligned")
        .flip("embedding_steps", "4")
        .flip("distill_steps", "4")
        .flip("distill_seconds", "1", "distill_steps", "1000")
        .flip("distill_batch_size", "4")
        .flip("distill_seq_length", "8")
        .flip("distill_learning_rate", "1e-2")
        .flip("compress_seed", "2")
        .tests(ConfigKeys.of(ConfigKey.Section.COMPRESSION));
  }

  private static Object weights(PretrainedModel source, CompressionConfig config)
      throws IOException {
    EncoderConfig encoder = source.model().config();
    EncoderConfig target =
        CompressedShape.of(
            encoder, encoder.toBuilder().embeddingSize(8).sharing(ParameterSharing.ALL).build());
    return new Compressor(
            source,
            target,
            config,
            config.seed(SEEDS),
            RuntimeOptions.reproducible(),
            TEXT,
            StageWatch.alone(),
            new StopSignal(),
            null)
        .run()
        .model()
        .weights();
  }

  private static CompressionConfig config(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "embedding_steps", "3",
                "distill_steps", "3",
                "distill_batch_size", "8",
                "distill_seq_length", "16"));
    all.addAll(List.of(more));
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      ConfigKey key = ConfigKeys.find(all.get(i)).orElseThrow();
      settings.add(new Setting(key, key.parse(all.get(i + 1)), "a test"));
    }
    return RunConfig.resolveCompression(Settings.of(settings));
  }
}
