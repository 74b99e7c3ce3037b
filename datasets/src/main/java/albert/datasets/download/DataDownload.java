package albert.datasets.download;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.Sha256;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gets data sets into a data root. Nothing is taken whose size or SHA-256 is not the published one;
 * where none is published, that of the first download is kept in {@value #LOCK} and later ones are
 * compared with it. Unfinished files are in {@value #UNFINISHED}.
 */
public final class DataDownload {

  /** The hashes that first downloads had, by address. */
  static final String LOCK = "downloads.lock.json";

  private static final String UNFINISHED = ".downloads";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;
  private final Downloader downloader;

  DataDownload(Path root, Downloader downloader) {
    this.root = root;
    this.downloader = downloader;
  }

  /**
   * With a minute of patience, and five attempts.
   *
   * @param root the data root, made if it is not there
   */
  public DataDownload(Path root, DownloadListener listener) {
    this(root, new Downloader(Duration.ofMinutes(1), Duration.ofSeconds(2), 5, listener));
  }

  /** The folder of files that are not whole yet, in a data root; it need not be there. */
  public static Path unfinished(Path root) {
    return root.resolve(UNFINISHED);
  }

  /**
   * Downloads what is not there yet.
   *
   * @return how many files were downloaded
   * @throws IOException if one can't be had, or is not what it should be
   */
  public int get(PublicSource source) throws IOException {
    int downloaded = 0;
    for (RemoteFile file : source.files()) {
      Path folder = root.resolve(file.folder());
      if (!file.results().stream().map(folder::resolve).allMatch(Files::isRegularFile)) {
        get(file, folder);
        downloaded++;
      }
    }
    return downloaded;
  }

  private void get(RemoteFile file, Path folder) throws IOException {
    Path unfinished = Files.createDirectories(unfinished(root));
    String id = new Sha256().add(file.uri().toString()).hex().substring(0, 16);
    Path part = unfinished.resolve(id + "-" + file.name());
    downloader.download(file.uri(), part);
    try {
      check(file, part);
      if (file.members().isEmpty()) {
        Files.createDirectories(folder);
        Files.move(part, folder.resolve(file.saveAs()), StandardCopyOption.ATOMIC_MOVE);
      } else {
        ZipMembers.extract(part, file.members(), folder);
      }
    } finally {
      // what was refused must not be gone on with
      Files.deleteIfExists(part);
      Files.deleteIfExists(unfinished.resolve(part.getFileName() + ".mark"));
    }
  }

  private void check(RemoteFile file, Path part) throws IOException {
    long bytes = Files.size(part);
    if (file.bytes() >= 0 && bytes != file.bytes()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: refused, it has %d bytes, published are %d",
              file.uri(),
              bytes,
              file.bytes()));
    }
    Map<String, String> lock = new TreeMap<>(readLock());
    String sha256 = Sha256.of(part);
    @Nullable String expected =
        file.sha256() == null ? lock.get(file.uri().toString()) : file.sha256();
    if (expected != null && !expected.equals(sha256)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: refused, its SHA-256 is %s, %s %s",
              file.uri(),
              sha256,
              file.sha256() == null ? "the first download's was" : "published is",
              expected));
    }
    if (expected == null) {
      lock.put(file.uri().toString(), sha256);
      AtomicFiles.writeText(
          root.resolve(LOCK),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(lock) + "\n");
    }
  }

  private Map<String, String> readLock() throws IOException {
    Path file = root.resolve(LOCK);
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return JSON.readValue(Files.readString(file), new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": it is not an object of hashes", e);
    }
  }
}
