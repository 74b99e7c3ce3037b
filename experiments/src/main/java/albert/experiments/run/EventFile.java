package albert.experiments.run;

import albert.datasets.pretrain.TfRecords;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A file of scalars that TensorBoard reads: TFRecord frames around {@code tensorflow.Event}
 * messages ({@code tensorflow/core/util/event.proto}, {@code
 * tensorflow/core/lib/io/record_writer}).
 */
final class EventFile implements Closeable {

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @param folder made if it is not there
   * @param begunMillis time in the file's name
   */
  EventFile(Path folder, long begunMillis) throws IOException {
    Files.createDirectories(folder);
    Path file =
        folder.resolve(
            String.format(Locale.ROOT, "events.out.tfevents.%d.albert", begunMillis / 1000));
    out = new BufferedOutputStream(Files.newOutputStream(file));
    frame(
        message(
            event -> {
              event.writeDouble(WALL_TIME, begunMillis / 1000.0);
              event.writeString(FILE_VERSION, "brain.Event:2");
            }));
  }

  /** Adds scalars of one step. */
  void add(long step, long timeMillis, Map<String, Double> scalars) throws IOException {
    byte[] summary =
        message(
            values -> {
              for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                values.writeByteArray(SUMMARY_VALUE, message(value -> write(scalar, value)));
              }
            });
    frame(
        message(
            event -> {
              event.writeDouble(WALL_TIME, timeMillis / 1000.0);
              event.writeInt64(STEP, step);
              event.writeByteArray(SUMMARY, summary);
            }));
  }

  private static void write(Map.Entry<String, Double> scalar, CodedOutputStream value)
      throws IOException {
    value.writeString(TAG, scalar.getKey());
    value.writeFloat(SIMPLE_VALUE, scalar.getValue().floatValue());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    fields.writeTo(coded);
    coded.flush();
    return bytes.toByteArray();
  }

  private void frame(byte[] event) throws IOException {
    TfRecords.append(out, event);
    out.flush();
  }
}
