package albert.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LibraryVersionsTest {

  @Test
  void theNamesOfJarsHaveThem() {
    String classPath =
        String.join(
            ":",
            "/r/tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar",
            "/r/tensorflow-core-native-1.1.0.jar",
            "/r/cuda-12.6-9.5-1.5.11-linux-x86_64-redist.jar",
            "/r/tokenizers-0.38.0.jar",
            "/r/other-3.jar",
            "/r/classes");
    assertThat(LibraryVersions.on(classPath))
        .isEqualTo(
            Map.of(
                "tensorflow-core-native", "1.1.0-linux-x86_64-gpu",
                "cuda", "12.6-9.5-1.5.11-linux-x86_64-redist",
                "tokenizers", "0.38.0"));
    assertThat(LibraryVersions.on("")).isEmpty();
  }
}
