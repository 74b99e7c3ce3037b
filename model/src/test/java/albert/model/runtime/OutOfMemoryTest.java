package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.StepMemory;
import albert.model.config.StepMemory.Reading;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.SpanHead;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;

/** What is said when a device has not enough memory. */
final class OutOfMemoryTest {

  /** 2⁴⁷ bytes are more than a process can address, so that no machine has them. */
  @Test
  void aTensorThatFitsNowhereIsOneLine() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      tf.withName("filled")
          .fill(
              tf.withName("shape").placeholder(TInt64.class, Placeholder.shape(Shape.of(2))),
              tf.constant(1f));
      try (GraphSession session =
          new GraphSession(graph.toGraphDef(), RuntimeOptions.reproducible())) {
        GraphSession.Call call =
            session.call().needing(() -> "it needs more").feed("shape", 1L << 25, 1L << 20);
        assertThatThrownBy(() -> call.fetch(List.of("filled")))
            .isInstanceOf(OutOfMemoryException.class)
            .hasMessage(
                "out of memory on the CPU (no place for a tensor [33554432,1048576] of type"
                    + " float): it needs more");
      }
    }
  }

  @Test
  void aGpuIsNamed() {
    assertThat(
            OutOfMemoryException.of(
                    new TFResourceExhaustedException(
                        "2 root error(s) found.\n(0) RESOURCE_EXHAUSTED: OOM when allocating tensor"
                            + " with shape[64,12,512,512] and type half on"
                            + " /job:localhost/replica:0/task:0/device:GPU:0 by allocator"
                            + " GPU_0_bfc"),
                    "")
                .map(Throwable::getMessage))
        .contains("out of memory on the GPU (no place for a tensor [64,12,512,512] of type half)");
  }

  @Test
  void aFullDiskIsSomethingElse() {
    assertThat(
            OutOfMemoryException.of(
                new TFResourceExhaustedException("model.data-00000: No space left on device"),
                "a step needs 3 GB"))
        .isEmpty();
  }

  @Test
  void whatIsNeededAndWhatFits() {
    StepMemory memory = new StepMemory(1_000_000_000, 500_000_000);
    assertThat(MemoryNeeds.words("a training step", 64, 512, memory, 16_000_000_000L))
        .isEqualTo(
            "a training step of 64 x 512 tokens needs at least 33.0 GB (1.0 GB whatever the batch"
                + " and 0.500 GB a sequence, counted in float32), and there are 16.0 GB; a batch of"
                + " 22 should fit (12.0 GB)");
    assertThat(MemoryNeeds.words("a forward pass", 8, 512, memory, 16_000_000_000L))
        .as("it would fit, were others not there")
        .endsWith("a batch of 4 should fit (3.0 GB)");
    assertThat(MemoryNeeds.words("a training step", 8, 512, memory, 1_000_000_000L))
        .endsWith("shorter sequences or a smaller model are needed");
    assertThat(MemoryNeeds.words("a training step", 1, 512, memory, 16_000_000_000L))
        .endsWith("shorter sequences or a smaller model are needed");
  }

  /** What the heads read decides how much of the last block is kept. */
  @Test
  void theCountIsThatOfTheHeads() {
    Map<String, HostTensor> batch = Tiny.batch(4, 10, 1);
    assertThat(needs(new ClassificationHead(3)).training(batch))
        .isEqualTo(words("a training step", Reading.FIRST_TOKEN));
    assertThat(needs(new SpanHead()).training(batch))
        .isEqualTo(words("a training step", Reading.EVERY_TOKEN));
    batch.put(MaskedLmHead.POSITIONS, IntTensor.of(new int[12], 4, 3));
    assertThat(needs(new MaskedLmHead()).training(batch))
        .isEqualTo(words("a training step", new Reading(false, 3, 3)));
    assertThat(needs(new SpanHead()).prediction(batch))
        .startsWith("a forward pass of 4 x 10 tokens needs at least 0.0 GB");
  }

  private static MemoryNeeds needs(Head head) {
    return new MemoryNeeds(Tiny.config(), List.of(head), RuntimeOptions.reproducible());
  }

  private static String words(String work, Reading reading) {
    return MemoryNeeds.words(
        work,
        4,
        10,
        StepMemory.training(Tiny.config(), 10, reading),
        Hardware.detect().memoryBytes());
  }
}
