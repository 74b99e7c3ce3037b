package albert.datasets.pretrain;

import albert.datasets.DataFormatException;
import albert.evaluation.record.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * TensorFlow's files of records ({@code tensorflow/core/lib/io/record_writer.h}): for each its
 * length as uint64, the masked CRC-32C of the length, the bytes, and their masked CRC-32C, all
 * little-endian. Files whose name ends in {@code .gz} are gzipped as a whole.
 */
public final class TfRecords {
  private static final int CRC_MASK = 0xa282ead8;
  private static final int LONGEST = 1 << 28;

  private TfRecords() {}

  /** Writes a file of records, whole or not at all. */
  public static void write(Path file, Iterator<byte[]> records) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          OutputStream target = isZipped(file) ? new GZIPOutputStream(out, 1 << 16) : out;
          while (records.hasNext()) {
            append(target, records.next());
          }
          if (target instanceof GZIPOutputStream zipped) {
            zipped.finish();
          }
        });
  }

  /** Writes one record. */
  public static void append(OutputStream out, byte[] record) throws IOException {
    byte[] length = little(Long.BYTES).putLong(record.length).array();
    out.write(length);
    out.write(little(Integer.BYTES).putInt(maskedCrc(length)).array());
    out.write(record);
    out.write(little(Integer.BYTES).putInt(maskedCrc(record)).array());
  }

  /** Opens a file to read its records. */
  static Reader open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      return new Reader(file, isZipped(file) ? new GZIPInputStream(raw, 1 << 16) : raw);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new DataFormatException(file.toString(), "not gzip, as its name says", e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static boolean isZipped(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** TensorFlow's checkpoints have it too; the module that reads them does not know this one. */
  private static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }

  /** The records of a file in order. */
  static final class Reader implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private long record;

    private Reader(Path file, InputStream in) {
      this.file = file;
      this.in = in;
    }

    /** The number of the record that was read last, counted from 1. */
    long record() {
      return record;
    }

    /**
     * The next record, or null after the last.
     *
     * @throws DataFormatException if a checksum does not fit, or the file ends in a record
     */
    byte @Nullable [] next() throws IOException {
      byte[] length = read(Long.BYTES);
      if (length.length == 0) {
        return null;
      }
      record++;
      check(length, Long.BYTES, "length");
      long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (bytes < 0 || bytes > LONGEST) {
        throw problem(String.format(Locale.ROOT, "has %d bytes, allowed are %d", bytes, LONGEST));
      }
      byte[] data = read((int) bytes);
      check(data, (int) bytes, "data");
      return data;
    }

    private byte[] read(int bytes) throws IOException {
      try {
        return in.readNBytes(bytes);
      } catch (ZipException | EOFException e) {
        throw new DataFormatException(file.toString(), "the gzip data is broken or cut short", e);
      }
    }

    private void check(byte[] data, int expected, String what) throws IOException {
      byte[] crc = read(Integer.BYTES);
      if (data.length < expected || crc.length < Integer.BYTES) {
        throw problem("is cut short by the end of the file");
      }
      if (ByteBuffer.wrap(crc).order(ByteOrder.LITTLE_ENDIAN).getInt() != maskedCrc(data)) {
        throw problem("has a " + what + " whose CRC-32C is wrong");
      }
    }

    private DataFormatException problem(String what) {
      return new DataFormatException(
          file.toString(), String.format(Locale.ROOT, "record %d %s", record, what));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
