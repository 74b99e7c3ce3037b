package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.config.StepMemory;
import albert.model.config.StepMemory.Reading;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.gpu.Gpus;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a model's batches need of its device's memory, in words for whoever ran out of it.
 *
 * @param config the architecture as it was built
 * @param heads what it computes besides
 * @param runtime resolved options
 */
record MemoryNeeds(EncoderConfig config, List<Head> heads, RuntimeOptions runtime) {

  private static final double GB = 1e9;

  MemoryNeeds {
    heads = List.copyOf(heads);
  }

  /** Of a training step. */
  String training(Map<String, ? extends HostTensor> feed) {
    int sequence = size(feed, 1);
    StepMemory memory = StepMemory.training(config, sequence, reading(feed));
    int devices = runtime.devices();
    return words(
        devices == 1 ? "a training step" : "on each of " + devices + " devices, a training step",
        (size(feed, 0) + devices - 1) / devices,
        sequence,
        memory,
        runtime.device() == Device.GPU ? deviceBytes() : deviceBytes() / devices);
  }

  /** Of a forward pass. */
  String prediction(Map<String, ? extends HostTensor> feed) {
    int sequence = size(feed, 1);
    StepMemory memory = StepMemory.prediction(config, sequence);
    return words("a forward pass", size(feed, 0), sequence, memory, deviceBytes());
  }

  private Reading reading(Map<String, ? extends HostTensor> feed) {
    HostTensor positions = feed.get(MaskedLmHead.POSITIONS); // null without a masked-LM head
    int predicted = positions == null ? 0 : (int) positions.shape()[1];
    boolean isPooled = heads.stream().anyMatch(Head::readsPooled);
    boolean everyToken = Head.readEveryToken(heads) || (isPooled && !config.hasPooler());
    return new Reading(everyToken, predicted + (isPooled ? 1 : 0), predicted);
  }

  private static int size(Map<String, ? extends HostTensor> feed, int dimension) {
    HostTensor ids = Objects.requireNonNull(feed.get(EncoderInputs.INPUT_IDS));
    return (int) ids.shape()[dimension];
  }

  private long deviceBytes() {
    return runtime.device() == Device.GPU
        ? Gpus.detect().list().get(0).memoryBytes()
        : Hardware.detect().memoryBytes();
  }

  /**
   * What is needed, what there is, and what should fit.
   *
   * @param work what is done with the batch
   * @param batch sequences
   * @param sequence tokens in each
   * @param memory what that needs at least
   * @param deviceBytes what the device has
   */
  static String words(String work, int batch, int sequence, StepMemory memory, long deviceBytes) {
    return String.format(
        Locale.ROOT,
        "%s of %d x %d tokens needs at least %.1f GB (%.1f GB whatever the batch and %.3f GB a"
            + " sequence, counted in float32), and there are %.1f GB; %s",
        work,
        batch,
        sequence,
        memory.bytes(batch) / GB,
        memory.fixedBytes() / GB,
        memory.sequenceBytes() / GB,
        deviceBytes / GB,
        advice(batch, memory, deviceBytes));
  }

  /** Where the count says that it fits, others use the memory: then half as many are advised. */
  private static String advice(int batch, StepMemory memory, long deviceBytes) {
    int counted = memory.largestBatch(deviceBytes);
    int fits = counted < batch ? counted : batch / 2;
    return fits == 0
        ? "shorter sequences or a smaller model are needed"
        : String.format(
            Locale.ROOT, "a batch of %d should fit (%.1f GB)", fits, memory.bytes(fits) / GB);
  }
}
