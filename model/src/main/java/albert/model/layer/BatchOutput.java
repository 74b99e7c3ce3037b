package albert.model.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What an encoder computes for a whole batch. */
final class BatchOutput implements EncoderOutput {
  private final Operand<TFloat32> embeddings;
  private final List<Operand<TFloat32>> before;
  private final LastBlock last;
  private final Function<EncoderOutput, Operand<TFloat32>> pooler;
  private @Nullable Operand<TFloat32> pooled;

  BatchOutput(
      Operand<TFloat32> embeddings,
      List<Operand<TFloat32>> before,
      LastBlock last,
      Function<EncoderOutput, Operand<TFloat32>> pooler) {
    this.embeddings = embeddings;
    this.before = List.copyOf(before);
    this.last = last;
    this.pooler = pooler;
  }

  @Override
  public Operand<TFloat32> embeddings() {
    return embeddings;
  }

  @Override
  public List<Operand<TFloat32>> hidden() {
    List<Operand<TFloat32>> hidden = new ArrayList<>(before);
    hidden.add(sequence());
    return hidden;
  }

  @Override
  public Operand<TFloat32> sequence() {
    return last.sequence();
  }

  @Override
  public Operand<TFloat32> at(Operand<TInt32> positions, Operand<TInt32> count) {
    return last.at(positions, count);
  }

  @Override
  public Operand<TFloat32> pooled() {
    if (pooled == null) {
      pooled = pooler.apply(this);
    }
    return pooled;
  }
}
