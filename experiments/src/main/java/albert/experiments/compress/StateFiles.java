package albert.experiments.compress;

import albert.experiments.Folders;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matrices of one shape in files, a few a file, for several processes. Nothing here needs to be
 * kept: what is missing, cut off or changed is computed again, so no write waits for the disk. A
 * file has the number of matrices, of their rows and of their columns, a CRC-32 of what follows,
 * and the float32 values, all big-endian.
 */
final class StateFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
  private static final int HEADER = 4 * Integer.BYTES;

  private final Path folder;
  private final long limit;
  private long bytes;

  /**
   * @param folder made when the first is written
   * @param limit when the folder has so many bytes, no more are written
   */
  StateFiles(Path folder, long limit) throws IOException {
    this.folder = folder;
    this.limit = limit;
    this.bytes = Folders.bytes(folder);
  }

  /** What is kept under a name, if it is whole. */
  Optional<List<FloatTensor>> find(String name) {
    try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.READ)) {
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return all.remaining() < HEADER ? Optional.empty() : read(all);
    } catch (IOException e) {
      return Optional.empty(); // not there, or deleted at this moment
    }
  }

  private static Optional<List<FloatTensor>> read(ByteBuffer all) {
    int count = all.getInt();
    int rows = all.getInt();
    int columns = all.getInt();
    int sum = all.getInt();
    long size = (long) count * rows * columns * Float.BYTES;
    if (count < 1 || size != all.remaining() || sum(all.duplicate()) != sum) {
      return Optional.empty();
    }
    List<FloatTensor> matrices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[rows * columns];
      all.asFloatBuffer().get(values);
      all.position(all.position() + values.length * Float.BYTES);
      matrices.add(FloatTensor.of(values, rows, columns));
    }
    return Optional.of(matrices);
  }

  /** Keeps matrices of one shape, if there is room. */
  void write(String name, List<FloatTensor> matrices) {
    long[] shape = matrices.get(0).shape();
    int values = matrices.get(0).size();
    int size = HEADER + matrices.size() * values * Float.BYTES;
    if (bytes + size > limit) {
      return;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    all.putInt(matrices.size()).putInt((int) shape[0]).putInt((int) shape[1]).putInt(0);
    for (FloatTensor matrix : matrices) {
      all.asFloatBuffer().put(matrix.values());
      all.position(all.position() + values * Float.BYTES);
    }
    all.putInt(HEADER - Integer.BYTES, sum(all.duplicate().position(HEADER)));
    try {
      write(file(name), all.flip());
      bytes += size;
    } catch (IOException e) {
      LOG.warn("the teacher's states are not kept: {}", e.getMessage());
      bytes = limit; // nor will the next be
    }
  }

  private void write(Path file, ByteBuffer content) throws IOException {
    Files.createDirectories(folder);
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static int sum(ByteBuffer values) {
    CRC32 sum = new CRC32();
    sum.update(values);
    return (int) sum.getValue();
  }

  private Path file(String name) {
    return folder.resolve(name + ".states");
  }
}
