package albert.model.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Scalars for TensorBoard, written by TensorFlow's own summary operations. It owns a graph and a
 * session of its own, which {@link #close()} frees. Not for use by several threads.
 */
public final class SummaryFile implements AutoCloseable {
  private static final String SUFFIX = ".albert";
  private static final int MAX_QUEUE = 100;
  private static final int FLUSH_MILLIS = 10_000;
  private static final String STEP = "step";
  private static final String TAG = "tag";
  private static final String VALUE = "value";

  private final Graph graph = new Graph();
  private final Session session;
  private final Op write;
  private final Op flush;
  private final Op end;

  /**
   * Begins a file.
   *
   * @param folder made if it is not there
   */
  public SummaryFile(Path folder) throws IOException {
    Files.createDirectories(folder);
    NativeLog.quieten();
    Ops tf = Ops.create(graph);
    Operand<? extends TType> writer = tf.summary.summaryWriter();
    Op begin =
        tf.summary.createSummaryFileWriter(
            writer,
            tf.constant(folder.toAbsolutePath().toString()),
            tf.constant(MAX_QUEUE),
            tf.constant(FLUSH_MILLIS),
            tf.constant(SUFFIX));
    write =
        tf.summary.writeScalarSummary(
            writer,
            placeholder(tf, STEP, TInt64.class),
            placeholder(tf, TAG, TString.class),
            placeholder(tf, VALUE, TFloat32.class));
    flush = tf.summary.flushSummaryWriter(writer);
    end = tf.summary.closeSummaryWriter(writer);
    session = new Session(graph);
    session.runner().addTarget(begin).run().close();
  }

  private static <T extends TType> Operand<T> placeholder(Ops tf, String name, Class<T> type) {
    return tf.withName(name).placeholder(type, Placeholder.shape(Shape.scalar()));
  }

  /** Adds scalars of one step. */
  public void add(long step, Map<String, Double> scalars) {
    try (TInt64 number = TInt64.scalarOf(step)) {
      scalars.forEach(
          (name, scalar) -> {
            try (TString tag = TString.scalarOf(name);
                TFloat32 value = TFloat32.scalarOf(scalar.floatValue())) {
              session
                  .runner()
                  .feed(STEP, number)
                  .feed(TAG, tag)
                  .feed(VALUE, value)
                  .addTarget(write)
                  .run()
                  .close();
            }
          });
    }
    session.runner().addTarget(flush).run().close();
  }

  @Override
  public void close() {
    session.runner().addTarget(end).run().close();
    session.close();
    graph.close();
  }
}
