package albert.datasets.batch;

import org.jspecify.annotations.Nullable;

/**
 * Examples whose file is still being written: until it is whole each is encoded when it is asked
 * for, and is the same. Safe for several threads.
 */
final class GrowingExamples extends StoredExamples {
  private final RowSource rows;
  private volatile @Nullable MappedExamples mapped;

  /**
   * @param rows closed when the file is there
   */
  GrowingExamples(RowSource rows) {
    this.rows = rows;
  }

  /** The file is whole: from now on examples are taken from it. */
  void finish(MappedExamples file) {
    synchronized (rows) {
      mapped = file;
      rows.close();
    }
  }

  /** Whether the file is whole. */
  boolean isFinished() {
    return mapped != null;
  }

  @Override
  public EncodedExample get(int index) {
    MappedExamples file = mapped;
    if (file == null) {
      synchronized (rows) {
        file = mapped;
        if (file == null) {
          return rows.get(index);
        }
      }
    }
    return file.get(index);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
