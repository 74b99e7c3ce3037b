package albert.experiments.clean;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.FeatureCache;
import albert.experiments.encoding.EmbeddingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches: what is older than a few minutes can go. */
final class CacheCleaningTest {

  @TempDir private Path folder;

  private List<Removable> after(Duration pause) throws IOException {
    Clock later = Clock.fixed(Instant.now().plus(pause), ZoneOffset.UTC);
    return new CacheCleaning(
            new FeatureCache(folder.resolve("features")),
            new EmbeddingCache(folder.resolve("embeddings")),
            folder.resolve("data"),
            later)
        .find();
  }

  @Test
  void cachesAndUnfinishedDownloadsGoOnceNobodyWritesToThem() throws IOException {
    assertThat(after(Duration.ofHours(1))).isEmpty();
    Path ids = write("features/0a.features", 500);
    Path vectors = write("embeddings/0c.safetensors", 30);
    Path part = write("data/.downloads/0b-train.zip", 70);
    Path whole = write("data/glue/CoLA/train.tsv", 9);
    assertThat(after(Duration.ofMinutes(1))).isEmpty();

    List<Removable> old = after(Duration.ofHours(1));
    assertThat(old)
        .extracting(Removable::kind)
        .containsExactly(
            Removable.Kind.FEATURES, Removable.Kind.EMBEDDINGS, Removable.Kind.DOWNLOAD);
    assertThat(old).extracting(Removable::bytes).containsExactly(500L, 30L, 70L);
    for (Removable one : old) {
      assertThat(one.free()).isTrue();
    }
    assertThat(ids).doesNotExist();
    assertThat(vectors).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(whole).exists();
  }

  private Path write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.write(file, new byte[bytes]);
  }
}
