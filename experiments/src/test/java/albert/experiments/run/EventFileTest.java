package albert.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;

/** Event files, read with TensorFlow's own messages. */
final class EventFileTest {

  @TempDir private Path folder;

  @Test
  void tensorFlowsMessagesReadIt() throws IOException {
    try (EventFile file = new EventFile(folder, 1_700_000_000_000L)) {
      file.add(10, 1_700_000_001_500L, Map.of("train_loss", 0.5));
    }
    Path written = folder.resolve("events.out.tfevents.1700000000.albert");
    List<Event> events = events(written);
    assertThat(events).hasSize(2);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getStep()).isEqualTo(10);
    assertThat(events.get(1).getWallTime()).isEqualTo(1_700_000_001.5);
    assertThat(events.get(1).getSummary().getValue(0).getTag()).isEqualTo("train_loss");
    assertThat(events.get(1).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.5f);
  }

  /** The checksum of eight zero-length bytes' worth is what TensorFlow's own writer puts there. */
  @Test
  void framesCarryTheMaskedChecksumOfTheirLength() throws IOException {
    try (EventFile file = new EventFile(folder, 0)) {
      assertThat(file).isNotNull();
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("events.out.tfevents.0.albert")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong()).isEqualTo(24);
    // crc32c of the length 24, rotated and masked; the first frame of every such file has it
    assertThat(bytes.getInt()).isEqualTo(0x224b7fa3);
  }

  private static List<Event> events(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] data = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(data);
      bytes.getInt();
      events.add(Event.parseFrom(data));
    }
    return events;
  }
}
