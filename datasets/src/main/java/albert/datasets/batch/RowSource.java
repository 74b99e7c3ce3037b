package albert.datasets.batch;

/** Makes the sequence of a row when it is asked for. */
public interface RowSource extends AutoCloseable {
  /** How many rows there are. */
  int size();

  /** The sequence of a row, from 0; asked by one thread at a time. */
  EncodedExample get(int row);

  /** It is not asked any more. */
  @Override
  void close();
}
