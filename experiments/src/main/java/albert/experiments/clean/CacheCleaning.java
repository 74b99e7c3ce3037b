package albert.experiments.clean;

import albert.datasets.batch.FeatureCache;
import albert.datasets.download.DataDownload;
import albert.experiments.encoding.EmbeddingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can go of the caches: all of it can be made or fetched again. A file that was written to a
 * short time ago stays, as a process may be at it.
 *
 * @param features the cache of data sets as ids
 * @param embeddings the cache of texts as vectors
 * @param data the folder of the data sets, in which unfinished downloads lie
 * @param clock tells what is a short time ago
 */
public record CacheCleaning(
    FeatureCache features, EmbeddingCache embeddings, Path data, Clock clock) {

  private static final Duration RECENT = Duration.ofMinutes(10);

  /** Looks; nothing is touched. */
  public List<Removable> find() throws IOException {
    List<Removable> found = new ArrayList<>();
    add(found, Removable.Kind.FEATURES, features.folder());
    add(found, Removable.Kind.EMBEDDINGS, embeddings.folder());
    add(found, Removable.Kind.DOWNLOAD, DataDownload.unfinished(data));
    return found;
  }

  private void add(List<Removable> found, Removable.Kind kind, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FileTime recent = FileTime.from(clock.instant().minus(RECENT));
    List<Path> old = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (Files.getLastModifiedTime(file).compareTo(recent) < 0) {
          old.add(file);
          bytes += Files.size(file);
        }
      }
    }
    if (!old.isEmpty()) {
      found.add(
          new Removable(
              kind,
              folder,
              bytes,
              Optional.empty(),
              () -> {
                for (Path file : old) {
                  Files.deleteIfExists(file);
                }
              }));
    }
  }
}
