package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.RecordFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedResultsTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Path file = folder.resolve("quickstart.jsonl");
    PublishedResults results = new PublishedResults(MadeUp.study(), MadeUp.runs());
    results.write(file);
    assertThat(Files.readAllLines(file)).hasSize(8);
    assertThat(PublishedResults.read(file)).isEqualTo(results);
  }

  @Test
  void aBrokenLineIsNamed() throws Exception {
    Path file = folder.resolve("quickstart.jsonl");
    new PublishedResults(MadeUp.study(), MadeUp.runs()).write(file);
    Files.writeString(file, "{\"study\": 1}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> PublishedResults.read(file))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContaining("quickstart.jsonl, line 9");
  }

  @Test
  void theTableNamesHardwareTimeSeedsAndCommand() {
    assertThat(new PublishedResults(MadeUp.study(), MadeUp.runs()).markdown())
        .contains(
            "| ALBERT | 2.87M | 11.5 |",
            "| 0.6312 ± 0.0031 | −0.0320 (no conclusion, fewer than 3 seeds) | 2 |")
        .contains("AMD EPYC 7B13, 2 cores", "float32", "8 runs in 7.1 min", "./albert quickstart");
  }
}
