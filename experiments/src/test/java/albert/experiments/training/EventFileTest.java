package albert.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.op.io.ReaderReadUpTo;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TString;

/** Event files, read with TensorFlow's own reader of records, which checks every checksum. */
final class EventFileTest {
  private static final long MOST = 100;

  @TempDir private Path folder;

  @Test
  void tensorFlowReadsIt() throws IOException {
    Iterator<Instant> times =
        List.of(
                Instant.ofEpochMilli(1_700_000_000_250L),
                Instant.ofEpochMilli(1_700_000_001_500L),
                Instant.ofEpochMilli(1_700_000_002_000L))
            .iterator();
    Map<String, @Nullable Double> later = new HashMap<>();
    later.put("b", 1e-3);
    later.put("a", -2.0);
    later.put("none", null);
    try (EventFile file = new EventFile(folder.resolve("made"), times::next)) {
      file.add(10, Map.of("train_loss", 0.5));
      file.add(5_000_000_000L, later);
    }
    List<Event> events = events(folder.resolve("made/events.out.tfevents.1700000000.albert"));
    assertThat(events)
        .containsExactly(
            Event.newBuilder()
                .setWallTime(1_700_000_000.25)
                .setFileVersion("brain.Event:2")
                .build(),
            event(1_700_000_001.5, 10, value("train_loss", 0.5f)),
            event(1_700_000_002.0, 5_000_000_000L, value("a", -2), value("b", 1e-3f)));
  }

  /** Who looks while a training runs sees every step; so does who looks after it was killed. */
  @Test
  void aStepIsInTheFileBeforeItIsClosed() throws IOException {
    try (EventFile file = new EventFile(folder, () -> Instant.EPOCH)) {
      Path written = folder.resolve("events.out.tfevents.0.albert");
      assertThat(events(written)).hasSize(1);
      file.add(1, Map.of("train_loss", 0.5));
      assertThat(events(written)).hasSize(2);
    }
  }

  private static Event event(double time, long step, Summary.Value... values) {
    return Event.newBuilder()
        .setWallTime(time)
        .setStep(step)
        .setSummary(Summary.newBuilder().addAllValue(Arrays.asList(values)))
        .build();
  }

  private static Summary.Value value(String tag, float value) {
    return Summary.Value.newBuilder().setTag(tag).setSimpleValue(value).build();
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      FifoQueue files = tf.io.fifoQueue(List.of(TString.class));
      Op enqueue = tf.io.queueEnqueue(files, List.of(tf.constant(file.toString())));
      session.runner().addTarget(enqueue).run().close();
      // so that a file without a record is an error, and nobody waits for another file
      session.runner().addTarget(tf.io.queueClose(files)).run().close();
      ReaderReadUpTo records =
          tf.io.readerReadUpTo(tf.io.tfRecordReader(), files, tf.constant(MOST));
      try (Result result = session.runner().fetch(records.values()).run()) {
        for (NdArray<byte[]> event : ((TString) result.get(0)).asBytes().scalars()) {
          events.add(Event.parseFrom(event.getObject()));
        }
      }
    }
    return events;
  }
}
