package albert.experiments.compress;

import albert.evaluation.record.Sha256;
import albert.experiments.checkpoint.PretrainedModel;
import albert.model.layer.EncoderInputs;
import albert.model.runtime.Distillation.Encoder;
import albert.model.runtime.HiddenStates;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hidden states of a checkpoint. A study compresses it into several shapes, which learn from
 * the same batches: their states are computed once, kept in a folder under a name that follows from
 * the weights, what computes them and the batch, and read by all processes of the study.
 */
final class TeacherStates implements AutoCloseable {

  /** Of the folder: of MiniLM's states 300 batches of 32 short texts. */
  private static final long MOST_BYTES = 2_000_000_000;

  private static final int NAME = 32;

  private final Encoder teacher;
  private final RuntimeOptions options;
  private final String identity;
  private final @Nullable StateFiles files;
  private @Nullable HiddenStates session;

  /**
   * @param folder where states are kept, null for nowhere
   */
  TeacherStates(PretrainedModel source, RuntimeOptions options, @Nullable Path folder) {
    this.teacher = new Encoder(source.model().config(), source.model().weights());
    this.options = options.resolve();
    this.identity =
        String.format(
            Locale.ROOT,
            "%s %s %s %d",
            source.weights().sha256(),
            this.options.device(),
            this.options.precision(),
            this.options.threads());
    try {
      this.files = folder == null ? null : new StateFiles(folder, MOST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Computes the states of a batch.
   *
   * @param first the first state, 0 for the first block's input
   * @param last the last one, the number of blocks for the last block's output
   * @return [tokens, hidden] each
   */
  List<FloatTensor> compute(Map<String, HostTensor> batch, int first, int last) {
    if (session == null) {
      session = HiddenStates.of(teacher, options);
    }
    return session.of(batch, first, last);
  }

  /** The same, of a batch that other shapes learn from or are measured on. */
  List<FloatTensor> of(Map<String, HostTensor> batch, int first, int last) {
    if (files == null) {
      return compute(batch, first, last);
    }
    String name = name(batch, first, last);
    return files
        .find(name)
        .orElseGet(
            () -> {
              List<FloatTensor> states = compute(batch, first, last);
              files.write(name, states);
              return states;
            });
  }

  private String name(Map<String, HostTensor> batch, int first, int last) {
    Sha256 sum = new Sha256().add(identity).add(first).add(last);
    for (String input :
        List.of(
            EncoderInputs.INPUT_IDS, EncoderInputs.ATTENTION_MASK, EncoderInputs.TOKEN_TYPE_IDS)) {
      IntTensor ids = (IntTensor) Objects.requireNonNull(batch.get(input));
      ByteBuffer bytes = ByteBuffer.allocate(ids.size() * Integer.BYTES);
      bytes.asIntBuffer().put(ids.values());
      sum.add(ids.shape()[0]).add(bytes.array());
    }
    return sum.hex().substring(0, NAME);
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
