package albert.model.runtime.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of CUDA 12 and cuDNN 9 that TensorFlow 2.18 opens by name (NCCL is a part of it).
 * They come from Maven's {@code org.bytedeco:cuda} with the classifier {@code linux-x86_64-redist}
 * where that is on the class path; else from the folder {@code lib64} of {@code CUDA_HOME}, from
 * where the system's loader looks, {@code LD_LIBRARY_PATH} included, or from {@code
 * /usr/local/cuda/lib64}: the first that has a library.
 *
 * <p>TensorFlow takes libraries that are open already, by their names. It tells CUDA of its kernels
 * when its own library is loaded, so these have to be open before.
 */
public final class CudaLibraries {

  /** Each needs none but those before it. */
  static final List<String> NAMES =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libcudnn.so.9");

  /** What these open when it is needed, from their own folder. */
  private static final List<String> OPENED_LATER =
      List.of(
          "libnvrtc.so.12",
          "libnvrtc-builtins.so.12.6",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9");

  private static final String RESOURCES = "/org/bytedeco/cuda/linux-x86_64/";
  private static final Path USUAL = Path.of("/usr/local/cuda/lib64");

  private final Bundle bundle;
  private final @Nullable Path chosen;
  private final Path usual;
  private final UnaryOperator<String> opener;

  /** Libraries in a jar. */
  @FunctionalInterface
  interface Bundle {

    /**
     * Unpacks one and says where it is; empty where there is none of the name.
     *
     * @throws UncheckedIOException if it can't be unpacked
     */
    Optional<Path> unpack(String name);
  }

  /** The libraries of this process; loaded once. */
  private static final class Loaded {
    private static final List<CudaLibrary> ALL =
        new CudaLibraries(CudaLibraries::ofMaven, System.getenv(), USUAL, DynamicLinker::open)
            .open();
  }

  /**
   * @param bundle Maven's libraries
   * @param environment may have {@code CUDA_HOME}
   * @param usual the folder to look in last
   * @param opener see {@link DynamicLinker#open}
   */
  CudaLibraries(
      Bundle bundle, Map<String, String> environment, Path usual, UnaryOperator<String> opener) {
    String home = environment.getOrDefault("CUDA_HOME", "");
    this.bundle = bundle;
    this.chosen = home.isBlank() ? null : Path.of(home, "lib64");
    this.usual = usual;
    this.opener = opener;
  }

  /** Loads them, or what is there of them, unless that was done before. */
  public static List<CudaLibrary> load() {
    return Loaded.ALL;
  }

  /** Opens each from the first place that has it. */
  List<CudaLibrary> open() {
    try {
      OPENED_LATER.forEach(bundle::unpack);
      return NAMES.stream().map(this::open).toList();
    } catch (UncheckedIOException e) {
      String problem = "it can't be unpacked: " + e.getMessage();
      return NAMES.stream().map(name -> new CudaLibrary(name, "", problem)).toList();
    }
  }

  private CudaLibrary open(String name) {
    String problem = "";
    for (String candidate : candidates(name)) {
      problem = opener.apply(candidate);
      if (problem.isEmpty()) {
        return new CudaLibrary(name, mapped(maps(), name).orElse(candidate), "");
      }
    }
    return new CudaLibrary(name, "", problem);
  }

  /** Files that are there, and the bare name for the system's loader. */
  private List<String> candidates(String name) {
    List<String> candidates = new ArrayList<>();
    bundle.unpack(name).ifPresent(file -> candidates.add(file.toString()));
    Stream.ofNullable(chosen).forEach(folder -> addFile(candidates, folder.resolve(name)));
    candidates.add(name);
    addFile(candidates, usual.resolve(name));
    return candidates;
  }

  private static void addFile(List<String> candidates, Path file) {
    if (Files.exists(file)) {
      candidates.add(file.toString());
    }
  }

  /** From the jar to the cache of native libraries, where TensorFlow's lie too. */
  private static Optional<Path> ofMaven(String name) {
    URL resource = CudaLibraries.class.getResource(RESOURCES + name);
    if (resource == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Loader.cacheResource(resource).toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file behind a library that is open.
   *
   * @param maps lines of {@code /proc/self/maps}
   * @param name begins the file's name: {@code libcudart.so.12} that of {@code
   *     libcudart.so.12.6.77}
   */
  static Optional<String> mapped(List<String> maps, String name) {
    return maps.stream()
        .filter(line -> line.contains("/" + name))
        .map(line -> line.substring(line.indexOf('/')))
        .filter(file -> (file + ".").contains("/" + name + "."))
        .findFirst();
  }

  private static List<String> maps() {
    try {
      return Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }
}
