package albert.model.runtime.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libraries are looked for, in folders that are made up. */
final class CudaLibrariesTest {

  private static final String CUDART = "libcudart.so.12";

  @TempDir private Path folder;

  private static Optional<Path> nothing(String unusedName) {
    return Optional.empty();
  }

  /** Opens all files and the names given. */
  private static UnaryOperator<String> linker(Set<String> names) {
    return library ->
        library.startsWith("/") || names.contains(library) ? "" : library + ": no such file";
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, "");
  }

  private CudaLibrary cudart(CudaLibraries.Bundle bundle, Set<String> system, boolean home) {
    Map<String, String> environment =
        home ? Map.of("CUDA_HOME", folder.resolve("home").toString()) : Map.of("CUDA_HOME", " ");
    return new CudaLibraries(bundle, environment, folder.resolve("usual"), linker(system))
        .open().stream().filter(library -> library.name().equals(CUDART)).findFirst().orElseThrow();
  }

  @Test
  void theFirstPlaceThatHasItIsTaken() throws IOException {
    Path maven = file("cache/" + CUDART);
    Path home = file("home/lib64/" + CUDART);
    Path usual = file("usual/" + CUDART);
    CudaLibraries.Bundle bundle =
        name -> name.equals(CUDART) ? Optional.of(maven) : Optional.empty();

    assertThat(cudart(bundle, Set.of(CUDART), true).file()).isEqualTo(maven.toString());
    assertThat(cudart(CudaLibrariesTest::nothing, Set.of(CUDART), true).file())
        .isEqualTo(home.toString());
    assertThat(cudart(CudaLibrariesTest::nothing, Set.of(CUDART), false).file()).isEqualTo(CUDART);
    assertThat(cudart(CudaLibrariesTest::nothing, Set.of(), false).file())
        .isEqualTo(usual.toString());
    Files.delete(usual);
    CudaLibrary absent = cudart(CudaLibrariesTest::nothing, Set.of(), false);
    assertThat(absent.loaded()).isFalse();
    assertThat(absent.problem()).isEqualTo("libcudart.so.12: no such file");
    assertThat(absent.version()).isEmpty();
  }

  @Test
  void everyLibraryIsAskedForInAnOrderInWhichEachHasWhatItNeeds() {
    Set<String> opened = new TreeSet<>();
    List<CudaLibrary> all =
        new CudaLibraries(
                CudaLibrariesTest::nothing,
                Map.of(),
                folder,
                name -> {
                  opened.add(name);
                  return "";
                })
            .open();
    assertThat(all).allMatch(CudaLibrary::loaded);
    assertThat(all).extracting(CudaLibrary::name).isEqualTo(CudaLibraries.NAMES);
    assertThat(opened).hasSameElementsAs(CudaLibraries.NAMES);
    assertThat(CudaLibraries.NAMES).containsSubsequence("libcublasLt.so.12", "libcublas.so.12");
    assertThat(CudaLibraries.NAMES).containsSubsequence("libcusparse.so.12", "libcusolver.so.11");
  }

  @Test
  void aJarThatCantBeUnpackedIsAProblemOfEach() {
    CudaLibraries.Bundle full =
        name -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        };
    assertThat(new CudaLibraries(full, Map.of(), folder, name -> "").open())
        .hasSameSizeAs(CudaLibraries.NAMES)
        .allSatisfy(
            library -> {
              assertThat(library.loaded()).isFalse();
              assertThat(library.problem())
                  .startsWith("it can't be unpacked: ")
                  .endsWith("No space left on device");
            });
  }

  @Test
  void theMapOfTheProcessNamesTheFile() {
    List<String> maps =
        List.of(
            "7f00-7f01 r--p 00000000 fe:00 12 /opt/cuda/lib/libcublasLt.so.12.6.4.1",
            "7f02-7f03 r--p 00000000 fe:00 13 /opt/cuda/lib/libcublas.so.12.6.4.1",
            "7f04-7f05 r--p 00000000 fe:00 14 /opt/cuda/lib/libcudart.so.12",
            "7f06-7f07 rw-p 00000000 00:00 0 [heap]");
    assertThat(CudaLibraries.mapped(maps, "libcublas.so.12"))
        .contains("/opt/cuda/lib/libcublas.so.12.6.4.1");
    assertThat(CudaLibraries.mapped(maps, CUDART)).contains("/opt/cuda/lib/libcudart.so.12");
    assertThat(CudaLibraries.mapped(maps, "libcudart.so.1")).isEmpty();
    assertThat(new CudaLibrary(CUDART, "/opt/libcudart.so.12.6.77", "").version())
        .isEqualTo("12.6.77");
  }

  /** The C library's mathematics are on every Linux. */
  @Test
  void theLinkerOpensALibraryByItsName() {
    assertThat(DynamicLinker.open("libm.so.6")).isEmpty();
    assertThat(DynamicLinker.open("libnot-there.so.7"))
        .startsWith("libnot-there.so.7: ")
        .contains("No such file");
  }
}
