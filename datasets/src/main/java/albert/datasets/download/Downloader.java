package albert.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a file over HTTP and goes on where it was broken off, by a failure or by the end of the
 * process: what has come is in a file beside, with the server's mark of that version ({@code ETag}
 * or {@code Last-Modified}), so that two versions are never joined. It gives up after some attempts
 * in a row that brought nothing.
 *
 * @param stall how long a connection may be silent
 * @param pause before another attempt
 * @param attempts in a row without a new byte
 * @param listener hears of every block
 */
record Downloader(Duration stall, Duration pause, int attempts, DownloadListener listener) {
  private static final int REDIRECTS = 10;
  private static final int BLOCK = 1 << 16;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

  /** Something that another attempt would not change. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Downloads.
   *
   * @param part the unfinished file; whole when this returns
   * @throws IOException if the server refuses, or all attempts failed
   */
  void download(URI uri, Path part) throws IOException {
    int fruitless = 0;
    while (true) {
      long before = size(part);
      String problem;
      try {
        if (attempt(uri, part)) {
          return;
        }
        problem = "the connection ended early";
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        problem =
            e instanceof UnknownHostException
                ? "the network does not know the host " + uri.getHost()
                : String.valueOf(e.getMessage());
      }
      fruitless = size(part) > before ? 0 : fruitless + 1;
      if (fruitless >= attempts) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: %s, in %d attempts in a row; %d bytes are kept and the same command goes on"
                    + " from there",
                uri,
                problem,
                attempts,
                size(part)));
      }
      sleep();
    }
  }

  private void sleep() throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static Path mark(Path part) {
    return part.resolveSibling(part.getFileName() + ".mark");
  }

  /** One connection; whether the file is whole after it. */
  private boolean attempt(URI uri, Path part) throws IOException {
    String mark = Files.exists(mark(part)) ? Files.readString(mark(part)) : "";
    if (mark.isEmpty()) {
      Files.deleteIfExists(part);
    }
    long have = size(part);
    HttpURLConnection connection = connect(uri, have, mark);
    try {
      int status = connection.getResponseCode();
      if (status == 416) {
        Files.deleteIfExists(part);
        return false;
      }
      boolean resumed = status == HttpURLConnection.HTTP_PARTIAL && have > 0;
      if (status != HttpURLConnection.HTTP_OK && !resumed) {
        throw refusal(uri, status);
      }
      long total = resumed ? rangeTotal(connection, have) : connection.getContentLengthLong();
      long start = resumed ? have : 0;
      if (!resumed) {
        keepMark(connection, part);
      }
      return receive(connection, part, start, total);
    } finally {
      connection.disconnect();
    }
  }

  private static IOException refusal(URI uri, int status) {
    String message = String.format(Locale.ROOT, "%s: the server answers %d", uri, status);
    boolean passing = status >= 500 || status == 408 || status == 429;
    return passing ? new IOException(message) : new RefusedException(message);
  }

  private static void keepMark(HttpURLConnection connection, Path part) throws IOException {
    String tag = connection.getHeaderField("ETag");
    // a weak tag may stand for other bytes
    String mark =
        tag == null || tag.startsWith("W/") ? connection.getHeaderField("Last-Modified") : tag;
    Files.deleteIfExists(part);
    Files.writeString(mark(part), mark == null ? "" : mark);
  }

  /** The whole length that a 206 tells. */
  private static long rangeTotal(HttpURLConnection connection, long have) throws IOException {
    Matcher range =
        CONTENT_RANGE.matcher(Objects.toString(connection.getHeaderField("Content-Range"), ""));
    if (!range.matches() || Long.parseLong(range.group(1)) != have) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "the server sends the range '%s', asked was from byte %d",
              connection.getHeaderField("Content-Range"),
              have));
    }
    return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
  }

  private boolean receive(HttpURLConnection connection, Path part, long start, long total)
      throws IOException {
    long have = start;
    String name = RemoteFile.lastName(connection.getURL().getPath());
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      byte[] block = new byte[BLOCK];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        out.write(block, 0, n);
        have += n;
        listener.received(name, have, total);
      }
    }
    return total < 0 || have == total;
  }

  private HttpURLConnection connect(URI uri, long have, String mark) throws IOException {
    URI at = uri;
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpURLConnection connection = open(uri, at);
      if (have > 0) {
        connection.setRequestProperty("Range", "bytes=" + have + "-");
        connection.setRequestProperty("If-Range", mark);
      }
      int status = connection.getResponseCode();
      String next = connection.getHeaderField("Location");
      if (status < 300 || status > 308 || status == 304 || next == null) {
        return connection;
      }
      connection.disconnect();
      at = redirected(at, next);
    }
    throw new RefusedException(uri + ": more than " + REDIRECTS + " redirects");
  }

  private HttpURLConnection open(URI asked, URI at) throws IOException {
    if (!(at.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new RefusedException(asked + ": only http and https are taken, not " + at);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) stall.toMillis());
    connection.setReadTimeout((int) stall.toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }

  private static URI redirected(URI from, @Nullable String location) throws IOException {
    URI to;
    try {
      to = from.resolve(Objects.toString(location, ""));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          from + ": it redirects to '" + location + "', which is no address");
    }
    boolean downgrade = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    if (downgrade || !("https".equals(to.getScheme()) || "http".equals(to.getScheme()))) {
      throw new RefusedException(from + ": it redirects to " + to + ", which is not taken");
    }
    return to;
  }
}
