package albert.model.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
  @TempDir private Path directory;

  @Test
  void rowsAreWrittenInAnyOrderAndTheRestIsZero() throws IOException {
    Path file = directory.resolve("out.safetensors");
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("b", new long[] {2, 3});
    shapes.put("a", new long[] {3, 1, 2});
    FloatTensor values = FloatTensor.of(new float[] {1, 2, 3, 4}, 4);
    TensorFile.write(
        file,
        shapes,
        out -> {
          out.put("a", 2, values, 1, 2);
          out.put("b", 1, values, 0, 2);
          out.put("a", 0, values, 3, 1);
        });
    Safetensors read = Safetensors.open(file);
    assertThat(read.readFloat("b")).isEqualTo(FloatTensor.of(new float[] {0, 0, 0, 1, 2, 0}, 2, 3));
    assertThat(read.readFloat("a"))
        .isEqualTo(FloatTensor.of(new float[] {4, 0, 0, 0, 2, 3}, 3, 1, 2));
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    Path file = directory.resolve("out.safetensors");
    FloatTensor values = FloatTensor.of(new float[4], 4);
    Map<String, long[]> shapes = Map.of("a", new long[] {2, 3});
    assertThatThrownBy(() -> TensorFile.write(file, shapes, out -> out.put("a", 0, values, 0, 4)))
        .hasMessage("4 values do not fit row 0 of a [2, 3]");
    assertThatThrownBy(() -> TensorFile.write(file, shapes, out -> out.put("a", 2, values, 0, 1)))
        .hasMessageContaining("row 2 of a");
    assertThat(directory).isEmptyDirectory();
  }
}
