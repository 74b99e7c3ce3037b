package albert.model.io.onnx;

import albert.model.config.EncoderConfig;
import albert.model.io.file.Dtype;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import albert.model.io.file.TensorSource;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of an exported PyTorch model under their PyTorch names. The exporter folds the
 * transposition of a dense layer into its weight, which then is called onnx::MatMul_N; the node
 * that multiplies by it still has the layer's name, {@code /encoder/layer.0/output/dense/MatMul}.
 */
public final class OnnxSource implements TensorSource {
  private static final String MATMUL = "/MatMul";

  private record Place(TensorEntry entry, OnnxGraph.Tensor tensor, boolean transposed) {}

  private final Path file;
  private final OnnxGraph graph;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private OnnxSource(Path file, OnnxGraph graph) {
    this.file = file;
    this.graph = graph;
    Map<String, String> layers = anonymousLayers(graph);
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              boolean transposed = layers.containsKey(name);
              add(layers.getOrDefault(name, name), tensor, transposed);
            });
  }

  /**
   * Reads a stream to its end, checks and names the initializers.
   *
   * @param name what to call it in messages
   * @throws ModelFileException if it is not sound
   */
  public static OnnxSource read(Path name, InputStream stream) {
    try {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(stream.readAllBytes());
      return new OnnxSource(name, OnnxGraph.read(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFileException(name, "is not a sound ONNX file, or is cut short", e);
    } catch (IllegalArgumentException | FormatProblem e) {
      throw new ModelFileException(name, "is not a sound ONNX file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(name, e);
    }
  }

  /**
   * What the encoder is.
   *
   * @throws ModelFileException if it is not a BERT's
   */
  public EncoderConfig config() {
    return OnnxConfig.of(this, graph);
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public HostTensor read(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new ModelFileException(
          file, "there is no float tensor " + ModelFileException.quote(name));
    }
    Dtype.Sink sink = place.entry().dtype().sink(place.entry().size());
    ByteBuffer bytes = place.tensor().buffer();
    sink.take(bytes);
    HostTensor tensor = sink.tensor(place.entry().shape());
    return place.transposed() && tensor instanceof FloatTensor matrix
        ? matrix.transposed()
        : tensor;
  }

  /** PyTorch's names of anonymous weights. */
  private static Map<String, String> anonymousLayers(OnnxGraph graph) {
    Map<String, String> layers = new LinkedHashMap<>();
    for (OnnxGraph.Node node : graph.nodes()) {
      List<String> inputs = node.inputs();
      if (node.operation().equals("MatMul")
          && inputs.size() == 2
          && inputs.get(1).startsWith("onnx::")
          && node.name().startsWith("/")
          && node.name().endsWith(MATMUL)
          && node.name().length() > MATMUL.length()) {
        String layer = node.name().substring(1, node.name().length() - MATMUL.length());
        layers.put(inputs.get(1), layer.replace('/', '.') + ".weight");
      }
    }
    return layers;
  }

  private void add(String name, OnnxGraph.Tensor tensor, boolean transposed) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    if (transposed && shape.length != 2) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "weight %s is no matrix", ModelFileException.quote(name)));
    }
    long[] named = transposed ? new long[] {shape[1], shape[0]} : shape;
    if (shapes.put(name, named) != null) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "weight %s is there twice", ModelFileException.quote(name)));
    }
    Optional<Dtype> dtype = tensor.dtype();
    if (dtype.isPresent()) {
      TensorEntry entry = new TensorEntry(name, dtype.get(), shape, 0, tensor.bytes().size());
      places.put(name, new Place(entry, tensor, transposed));
    }
  }
}
