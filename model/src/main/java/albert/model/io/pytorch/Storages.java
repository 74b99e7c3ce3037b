package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.TensorEntry;
import java.io.IOException;

/** The bytes of a file's storages, by their keys. */
interface Storages {
  /**
   * Hands over a stretch of a storage.
   *
   * @param stretch where it begins and ends in the storage's bytes
   * @throws IOException if it can't be read
   */
  void into(String key, TensorEntry stretch, Dtype.Sink sink) throws IOException;

  /**
   * Sees that the storage is there whole.
   *
   * @throws albert.model.io.file.FormatProblem if it is not there or has another length than the
   *     pickle says
   */
  void check(Storage storage);
}
