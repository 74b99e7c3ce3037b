package albert.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.TestData;
import albert.evaluation.record.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDownloadTest {
  private static final byte[] CONTENT = new byte[300_000];
  private static final String TAG = "ETag: \"one\"";

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir Path root;

  private final List<Long> received = new ArrayList<>();

  private DataDownload download() {
    return new DataDownload(
        root,
        new Downloader(
            Duration.ofMillis(400),
            Duration.ofMillis(1),
            3,
            (file, bytes, total) -> received.add(bytes)));
  }

  private static PublicSource source(URI uri, long bytes, @Nullable String sha256) {
    return new PublicSource(
        "t", "T", "free", List.of(new RemoteFile(uri, bytes, sha256, "set", List.of())), "");
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  /** The whole file, or the part that is asked for of this version. */
  private static void serve(RawServer.Request request, OutputStream out, int most)
      throws IOException {
    String range = request.header("range");
    int start = 0;
    if (!range.isEmpty() && request.header("if-range").equals("\"one\"")) {
      start = Integer.parseInt(range.replaceAll("\\D", ""));
      RawServer.head(
          out,
          "206 Partial Content",
          TAG,
          "Content-Length: " + (CONTENT.length - start),
          "Content-Range: bytes " + start + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
    } else {
      RawServer.head(out, "200 OK", TAG, "Content-Length: " + CONTENT.length);
    }
    out.write(CONTENT, start, Math.min(most, CONTENT.length - start));
  }

  private void assertDownloaded(URI uri) throws IOException {
    assertThat(download().get(source(uri, CONTENT.length, sha256(CONTENT)))).isEqualTo(1);
    assertThat(root.resolve("set").resolve("file.bin")).hasBinaryContent(CONTENT);
    assertThat(root.resolve(".downloads")).isEmptyDirectory();
    assertThat(download().get(source(uri, CONTENT.length, sha256(CONTENT)))).isZero();
  }

  @Test
  void aConnectionThatBreaksOffIsGoneOnWith() throws IOException {
    try (RawServer server = new RawServer((request, out) -> serve(request, out, 100_000))) {
      assertDownloaded(server.uri("/file.bin"));
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(1).header("range")).isEqualTo("bytes=100000-");
      assertThat(received).contains((long) CONTENT.length);
    }
  }

  @Test
  void aFileIsKeptUnderTheNameThatTheProgramLooksFor() throws IOException {
    try (RawServer server = new RawServer((request, out) -> serve(request, out, 100_000))) {
      RemoteFile file =
          new RemoteFile(
              server.uri("/file.bin"),
              CONTENT.length,
              sha256(CONTENT),
              "vocab",
              List.of(),
              "30k-clean.model");
      PublicSource source = new PublicSource("v", "V", "free", List.of(file), "");
      assertThat(download().get(source)).isEqualTo(1);
      assertThat(server.requests()).as("gone on with").hasSize(3);
      assertThat(root.resolve("vocab/30k-clean.model")).hasBinaryContent(CONTENT);
      assertThat(root.resolve("vocab")).isDirectoryContaining("glob:**/30k-clean.model");
      assertThat(download().get(source)).isZero();
    }
  }

  @Test
  void theVocabularyIsTheOneThatTestsRead() throws IOException {
    RemoteFile file = PublicSources.byTask("albert-vocab").orElseThrow().files().get(0);
    assertThat(file.folder() + "/" + file.saveAs()).isEqualTo("vocab/albert/30k-clean.model");
    byte[] bytes = Files.readAllBytes(TestData.external("vocab/albert/30k-clean.model"));
    assertThat(file.bytes()).isEqualTo(bytes.length);
    assertThat(file.sha256()).isEqualTo(sha256(bytes));
  }

  @Test
  void aConnectionThatStallsIsGivenUpAndGoneOnWith() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              serve(request, out, request.number() == 0 ? 50_000 : CONTENT.length);
              out.flush();
              if (request.number() == 0) {
                Thread.sleep(800);
              }
            })) {
      assertDownloaded(server.uri("/file.bin"));
    }
  }

  @Test
  void aServerThatIgnoresRangesOrHasAnotherVersionSendsAllAgain() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              boolean first = request.number() == 0;
              RawServer.head(
                  out,
                  "200 OK",
                  first ? "ETag: \"old\"" : TAG,
                  "Content-Length: " + CONTENT.length);
              out.write(first ? new byte[1000] : CONTENT);
            })) {
      assertDownloaded(server.uri("/file.bin"));
      assertThat(server.requests().get(1).header("if-range")).isEqualTo("\"old\"");
    }
  }

  @Test
  void whatAKilledProcessLeftIsGoneOnWith() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              if (request.number() < 4) {
                serve(request, out, request.number() == 0 ? 120_000 : 0);
              } else {
                serve(request, out, CONTENT.length);
              }
            })) {
      URI uri = server.uri("/file.bin");
      assertThatThrownBy(() -> assertDownloaded(uri))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in 3 attempts in a row; 120000 bytes are kept");
      assertThat(root.resolve("set")).doesNotExist();
      assertDownloaded(uri);
      assertThat(server.requests().get(4).header("range")).isEqualTo("bytes=120000-");
    }
  }

  @Test
  void aHostThatIsNotKnownIsCalledThat() {
    assertThatThrownBy(() -> assertDownloaded(URI.create("http://nowhere.invalid/file.bin")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the network does not know the host nowhere.invalid, in 3 attempts");
  }

  @Test
  void aWrongSizeOrHashIsRefusedAndNothingIsLeft() throws IOException {
    try (RawServer server = new RawServer((request, out) -> serve(request, out, CONTENT.length))) {
      URI uri = server.uri("/file.bin");
      assertThatThrownBy(() -> download().get(source(uri, 5, null)))
          .hasMessageContaining("refused, it has 300000 bytes, published are 5");
      assertThatThrownBy(() -> download().get(source(uri, -1, "0".repeat(64))))
          .hasMessageContaining("its SHA-256 is " + sha256(CONTENT) + ", published is 000");
      assertThat(root.resolve("set")).doesNotExist();
      assertThat(root.resolve(".downloads")).isEmptyDirectory();
    }
  }

  @Test
  void theFirstDownloadsHashIsKeptAndLaterOnesAreCompared() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              byte[] content = CONTENT.clone();
              content[0] += (byte) (request.number() == 2 ? 1 : 0);
              RawServer.head(out, "200 OK", "Content-Length: " + content.length);
              out.write(content);
            })) {
      PublicSource source = source(server.uri("/file.bin"), -1, null);
      download().get(source);
      Path file = root.resolve("set").resolve("file.bin");
      Files.delete(file);
      download().get(source);
      Files.delete(file);
      assertThatThrownBy(() -> download().get(source))
          .hasMessageContaining("the first download's was " + sha256(CONTENT));
      assertThat(file).doesNotExist();
      assertThat(root.resolve(DataDownload.LOCK)).content().contains(sha256(CONTENT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "jar:file:///x!/y", "::"})
  void redirectsLeadToHttpAlone(String location) throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> RawServer.head(out, "302 Found", "Location: " + location))) {
      assertThatThrownBy(() -> assertDownloaded(server.uri("/file.bin")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it redirects to");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void redirectsAreFollowedButNotForEver() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              if (request.path().equals("/file.bin") && request.number() == 0) {
                RawServer.head(out, "301 Moved", "Location: elsewhere");
              } else if (request.path().equals("/loop.bin")) {
                RawServer.head(out, "302 Found", "Location: /loop.bin");
              } else {
                serve(request, out, CONTENT.length);
              }
            })) {
      assertDownloaded(server.uri("/file.bin"));
      assertThatThrownBy(() -> download().get(source(server.uri("/loop.bin"), -1, null)))
          .hasMessageContaining("more than 10 redirects");
    }
  }

  @Test
  void aServerThatSaysNoIsNotAskedAgainAndOneThatIsBusyIs() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              if (request.path().equals("/gone.bin")) {
                RawServer.head(out, "404 Not Found", "Content-Length: 0");
              } else if (request.number() < 3) {
                RawServer.head(out, "503 Busy", "Content-Length: 0");
              } else {
                serve(request, out, CONTENT.length);
              }
            })) {
      assertThatThrownBy(() -> download().get(source(server.uri("/gone.bin"), -1, null)))
          .hasMessageContaining("the server answers 404");
      assertThat(server.requests()).hasSize(1);
      assertDownloaded(server.uri("/file.bin"));
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void aRangeThatWasNotAskedForIsRefused() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              if (request.number() == 0) {
                serve(request, out, 1000);
              } else {
                RawServer.head(
                    out, "206 Partial", "Content-Length: 9", "Content-Range: bytes 7-15/300000");
                out.write(new byte[9]);
              }
            })) {
      assertThatThrownBy(() -> assertDownloaded(server.uri("/file.bin")))
          .hasMessageContaining("the range 'bytes 7-15/300000', asked was from byte 1000");
    }
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private void unzip(byte[] archive) throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              RawServer.head(out, "200 OK", "Content-Length: " + archive.length);
              out.write(archive);
            })) {
      List<String> wanted = List.of("Set/train.tsv", "Set/dev.tsv");
      RemoteFile file = new RemoteFile(server.uri("/Set.zip"), -1, null, "glue/Set", wanted);
      download().get(new PublicSource("t", "T", "free", List.of(file), ""));
    }
  }

  @Test
  void ofAnArchiveWhatIsWantedIsTaken() throws IOException {
    unzip(zip("Set/", "", "Set/train.tsv", "one", "Set/README", "no", "Set/dev.tsv", "two"));
    Path folder = root.resolve("glue/Set");
    assertThat(folder.resolve("train.tsv")).hasContent("one");
    assertThat(folder.resolve("dev.tsv")).hasContent("two");
    assertThat(folder.resolve("README")).doesNotExist();
  }

  static List<byte[]> badArchives() throws IOException {
    byte[] good = zip("Set/train.tsv", "one".repeat(500), "Set/dev.tsv", "two");
    return List.of(
        zip("../evil", "x", "Set/train.tsv", "one", "Set/dev.tsv", "two"),
        zip("Set/../../evil", "x", "Set/train.tsv", "one", "Set/dev.tsv", "two"),
        zip("/evil", "x", "Set/train.tsv", "one", "Set/dev.tsv", "two"),
        zip("..\\evil", "x", "Set/train.tsv", "one", "Set/dev.tsv", "two"),
        zip("Set/train.tsv", "one"),
        zip("Set/bomb", "0".repeat(1_000_000), "Set/train.tsv", "one", "Set/dev.tsv", "two"),
        java.util.Arrays.copyOf(good, 60),
        "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("badArchives")
  void archivesThatAreNotRightAreRefused(byte[] archive) throws IOException {
    assertThatThrownBy(() -> unzip(archive)).isInstanceOf(IOException.class);
    assertThat(root.resolve("evil")).doesNotExist();
    assertThat(root.resolve("glue/evil")).doesNotExist();
    assertThat(root.resolve(".downloads")).isEmptyDirectory();
  }

  @Test
  void everyPublicSourceIsNamedOnceAndComesFromASafePlace() {
    assertThat(PublicSources.all()).extracting(PublicSource::task).doesNotHaveDuplicates();
    for (PublicSource source : PublicSources.all()) {
      assertThat(source.files().isEmpty()).isNotEqualTo(source.advice().isEmpty());
      assertThat(source.licence()).isNotBlank();
      for (RemoteFile file : source.files()) {
        assertThat(file.uri().getScheme()).isEqualTo("https");
        assertThat(file.results()).isNotEmpty();
        assertThat(file.sha256() == null || file.sha256().matches("[0-9a-f]{64}")).isTrue();
      }
    }
    assertThat(PublicSources.byTask("cola").orElseThrow().bytes()).isEqualTo(376_971);
    assertThat(PublicSources.byTask("squad-v2.0").orElseThrow().bytes()).isEqualTo(-1);
  }
}
