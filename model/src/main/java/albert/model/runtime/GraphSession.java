package albert.model.runtime;

import albert.model.graph.MatrixProducts;
import albert.model.graph.VariableStore;
import albert.model.runtime.gpu.Gpus;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Owns a graph and its session; arrays in, arrays out. */
public final class GraphSession implements AutoCloseable {
  private final Graph graph;
  private final Session session;

  /**
   * Imports the graph and opens a session on it.
   *
   * @param resolved options with nothing left to decide
   */
  public GraphSession(GraphDef definition, RuntimeOptions resolved) {
    this(definition, resolved, 1);
  }

  /**
   * @param atOnce how many operations run at once; the cores share each of them
   */
  GraphSession(GraphDef definition, RuntimeOptions resolved, int atOnce) {
    NativeLog.quieten();
    graph = new Graph();
    graph.importGraphDef(definition);
    session = new Session(graph, resolved.sessionConfig(atOnce));
  }

  /**
   * Loads TensorFlow's native library on a thread of its own, half a second's work, while the
   * caller reads its data. If it can't be loaded, whoever needs it hears of it.
   */
  public static void loadAhead() {
    Thread thread = new Thread(GraphSession::load, "load-tensorflow");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * What comes before TensorFlow's library is loaded: CUDA's libraries are loaded where they will
   * be needed, and what a build for GPUs says of itself while it is loaded is hidden.
   */
  static Gpus prepare() {
    Gpus gpus = Gpus.detect();
    if (Gpus.inBuild()) {
      NativeLog.quieten();
    }
    return gpus;
  }

  private static void load() {
    try {
      prepare();
      TensorFlow.version();
      NativeLog.quieten();
    } catch (LinkageError ignored) {
      // said again where it is needed
    }
  }

  /** Whether the graph has an operation of that name. */
  public boolean has(String operation) {
    return graph.operation(operation) != null;
  }

  /** Floating-point operations of the matrix products that some operations need. */
  long flops(Collection<String> operations, Map<String, Shape> fed) {
    return MatrixProducts.flops(graph.toGraphDef(), operations, fed);
  }

  /** Sets variables of a {@link VariableStore}. */
  void assign(Map<String, FloatTensor> values) {
    Call call = call();
    values.forEach((name, value) -> call.feed(Map.of(VariableStore.feedName(name), value)));
    call.run(values.keySet().stream().map(VariableStore::assignName).toArray(String[]::new));
  }

  /** A call in preparation: feeds are copied at once and freed when the call has run. */
  public Call call() {
    return new Call();
  }

  /** Closes the session, then its graph. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** One run of the session. */
  public final class Call {
    private final Session.Runner runner = session.runner();
    private final List<Tensor> feeds = new ArrayList<>();
    private Supplier<String> need = () -> "";

    private Call() {}

    /** Says what the call needs of the device's memory, for when there is not enough. */
    Call needing(Supplier<String> words) {
      need = words;
      return this;
    }

    /** Feeds tensors by placeholder. */
    public Call feed(Map<String, ? extends HostTensor> values) {
      values.forEach((name, value) -> add(name, HostTensors.toNative(value)));
      return this;
    }

    /** Feeds a float32 scalar. */
    public Call feed(String name, float value) {
      return add(name, TFloat32.scalarOf(value));
    }

    Call feed(String name, long value) {
      return add(name, TInt64.scalarOf(value));
    }

    Call feed(String name, long first, long second) {
      return add(name, TInt64.vectorOf(first, second));
    }

    Call feed(String name, String value) {
      return add(name, TString.scalarOf(value));
    }

    private Call add(String name, Tensor tensor) {
      feeds.add(tensor);
      runner.feed(name, tensor);
      return this;
    }

    /** Runs targets for their effect. */
    public void run(String... targets) {
      fetch(List.of(), targets);
    }

    /** Runs targets and fetches float32 values, in the order of their names. */
    public List<FloatTensor> fetch(Collection<String> names, String... targets) {
      for (String target : targets) {
        runner.addTarget(target);
      }
      return execute(names);
    }

    /** Fetches an int64 scalar. */
    long fetchLong(String name) {
      try (Result result = runner.fetch(name).run()) {
        return ((TInt64) result.get(0)).getLong();
      } finally {
        feeds.forEach(Tensor::close);
      }
    }

    private List<FloatTensor> execute(Collection<String> names) {
      names.forEach(runner::fetch);
      try (Result result = result()) {
        List<FloatTensor> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          values.add(HostTensors.fromNative((TFloat32) result.get(i)));
        }
        return values;
      } finally {
        feeds.forEach(Tensor::close);
      }
    }

    /**
     * @throws OutOfMemoryException if the device has not enough memory
     */
    private Result result() {
      try {
        return runner.run();
      } catch (TFResourceExhaustedException e) {
        throw OutOfMemoryException.of(e, need.get()).orElseThrow(() -> e);
      }
    }
  }
}
