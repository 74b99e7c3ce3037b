package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsLogTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void tenSteps() throws IOException {
    file = folder.resolve("run").resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.openAfter(file, 0)) {
      for (int step = 1; step <= 10; step++) {
        log.append(MetricsLine.of(step, Map.of("train_loss", 1.0 / step)));
      }
    }
  }

  @Test
  void linesComeBack() throws IOException {
    List<MetricsLine> lines = MetricsLog.read(file);
    assertThat(lines).hasSize(10);
    assertThat(lines.get(2)).isEqualTo(MetricsLine.of(3, Map.of("train_loss", 1.0 / 3)));
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo("{\"step\":1,\"values\":{\"train_loss\":1.0}}");
  }

  @Test
  void cutAnywhereTheWholeLinesAreRead() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(file, cut);
      int ends = 0;
      for (byte b : cut) {
        ends += b == '\n' ? 1 : 0;
      }
      assertThat(MetricsLog.read(file)).hasSize(ends);
    }
  }

  @Test
  void goingOnDropsLaterAndTornLines() throws IOException {
    Files.writeString(file, "{\"step\":11,\"val", StandardOpenOption.APPEND);
    try (MetricsLog log = MetricsLog.openAfter(file, 7)) {
      log.append(MetricsLine.of(8, Map.of("train_loss", 0.5)));
    }
    assertThat(MetricsLog.read(file)).hasSize(8);
    assertThat(MetricsLog.read(file).get(7).values()).containsEntry("train_loss", 0.5);
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void aWholeLineThatIsWrongIsNamed() throws IOException {
    Files.writeString(file, "{\"step\":11}\n", StandardOpenOption.APPEND);
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> MetricsLog.read(file))
        .withMessageContaining("line 11")
        .withMessageContaining("values");
  }

  @Test
  void stepsDoNotFall() throws IOException {
    try (MetricsLog log = MetricsLog.openAfter(file, 10)) {
      log.append(MetricsLine.of(10, Map.of("dev_accuracy", 0.5)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(MetricsLine.of(9, Map.of())))
          .withMessageContaining("step 9 after step 10");
    }
    Files.writeString(file, "{\"step\":9,\"values\":{}}\n", StandardOpenOption.APPEND);
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> MetricsLog.read(file))
        .withMessageContaining("line 12");
  }

  @Test
  void whatIsNoNumberIsNull() throws IOException {
    try (MetricsLog log = MetricsLog.openAfter(file, 10)) {
      log.append(MetricsLine.of(11, Map.of("train_loss", Double.NaN)));
    }
    assertThat(Files.readString(file)).endsWith("{\"step\":11,\"values\":{\"train_loss\":null}}\n");
    assertThat(MetricsLog.read(file).get(10).values()).containsEntry("train_loss", null);
  }
}
