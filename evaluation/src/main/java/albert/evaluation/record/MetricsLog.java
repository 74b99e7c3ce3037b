package albert.evaluation.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code metrics.jsonl}: a {@link MetricsLine} a line, steps never falling. A line is written at
 * once; one that a kill or a full disk cut short at the end is no line, and is dropped by who reads
 * or goes on.
 */
public final class MetricsLog implements AutoCloseable {
  private static final byte LINE_END = '\n';

  private final StrictJson json = new StrictJson();
  private final Path file;
  private final FileChannel channel;
  private long lastStep;

  private MetricsLog(Path file, FileChannel channel, long lastStep) {
    this.file = file;
    this.channel = channel;
    this.lastStep = lastStep;
  }

  /**
   * Opens the log to go on after a step: later lines, and a torn one, are dropped. For a fresh run
   * the step is 0 and the lines of step 0 stay; an absent file is made.
   *
   * @param file the log
   * @param step the step of the checkpoint that the run goes on from
   * @throws RecordFormatException if a line that is kept is not in the format
   */
  public static MetricsLog openAfter(Path file, long step) throws IOException {
    List<MetricsLine> kept = new ArrayList<>(Files.exists(file) ? read(file) : List.of());
    kept.removeIf(line -> line.step() > step);
    StrictJson json = new StrictJson();
    AtomicFiles.write(
        file,
        out -> {
          for (MetricsLine line : kept) {
            out.write(encode(json, line));
          }
        });
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    return new MetricsLog(file, channel, kept.isEmpty() ? 0 : kept.get(kept.size() - 1).step());
  }

  /**
   * All whole lines.
   *
   * @throws RecordFormatException if a whole line is not in the format
   * @throws java.nio.file.NoSuchFileException if there is no log
   */
  public static List<MetricsLine> read(Path file) throws IOException {
    StrictJson json = new StrictJson();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<MetricsLine> lines = new ArrayList<>();
    int begin = 0;
    for (int end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END, begin)) {
      int number = lines.size() + 1;
      MetricsLine line = json.parse(file, number, text.substring(begin, end), MetricsLine.class);
      if (!lines.isEmpty() && line.step() < lines.get(lines.size() - 1).step()) {
        throw new RecordFormatException(
            file, number, "step " + line.step() + " is less than the line before has", null);
      }
      lines.add(line);
      begin = end + 1;
    }
    return List.copyOf(lines);
  }

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException if its step is less than the last line's
   */
  public synchronized void append(MetricsLine line) throws IOException {
    if (line.step() < lastStep) {
      throw new IllegalArgumentException(
          "step " + line.step() + " after step " + lastStep + " in " + file);
    }
    ByteBuffer bytes = ByteBuffer.wrap(encode(json, line));
    long end = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(end); // a part of a line must not come before a whole one
      throw e;
    }
    lastStep = line.step();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static byte[] encode(StrictJson json, MetricsLine line) {
    return (json.writeLine(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
