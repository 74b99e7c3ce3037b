package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.encoding.Embedder;
import albert.experiments.encoding.EmbeddingSettings;
import albert.experiments.encoding.Pooling;
import albert.experiments.stage.StopSignal;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md: the page shows it as it is, and its vectors are the suite's. */
final class SentenceVectorsTest {
  private static final String TEXT = "A dog barks at the old moon.";

  @TempDir private Path folder;

  @Test
  void thePageShowsThisSource() throws IOException {
    String source = Files.readString(Path.of("src/test/java/example/SentenceVectors.java"));
    assertThat(Files.readString(Path.of("../docs/library.md")))
        .contains("```java\n" + source + "```");
  }

  @Test
  void theVectorsAreThoseOfTheSuite() throws IOException {
    Path directory = TinyCheckpoint.write(folder.resolve("model"), 1);
    float[] vector;
    try (SentenceVectors vectors = new SentenceVectors(directory)) {
      vector = vectors.of(TEXT, null);
      assertThat(vectors.of(TEXT, "Over water.")).hasSize(16).isNotEqualTo(vector);
    }
    float[] expected;
    try (Embedder embedder =
        Embedder.open(
            new PretrainedModels().get(directory.toString()),
            new EmbeddingSettings(Pooling.MEAN, true, 32),
            RuntimeOptions.reproducible())) {
      expected =
          embedder.embed(List.of(TEXT), row -> "text", new StopSignal(), done -> {}).values();
    }
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    assertThat(vector).hasSameSizeAs(expected);
    for (int i = 0; i < vector.length; i++) {
      assertThat(vector[i] / Math.sqrt(squares)).isCloseTo(expected[i], within(1e-5));
    }
  }
}
