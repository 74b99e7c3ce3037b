package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.List;
import java.util.SortedMap;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What is computed from an encoder's output, and the loss it is trained by. */
public sealed interface Head
    permits MaskedLmHead,
        SentencePairHead,
        ClassificationHead,
        MultiLabelHead,
        RegressionHead,
        SpanHead,
        AlbertSpanHead,
        TokenClassificationHead,
        JointHead,
        SentenceHead,
        MultipleChoiceHead {

  /** Whether it computes from the pooled output, so that the model needs a pooler. */
  boolean readsPooled();

  /**
   * Whether it computes from the last block's output for every token: if nothing else is said, a
   * head that does not read the pooled output.
   */
  default boolean readsEveryToken() {
    return !readsPooled();
  }

  /** Whether one of several heads does; also true without heads, since anything may be read. */
  static boolean readEveryToken(List<Head> heads) {
    return heads.isEmpty() || heads.stream().anyMatch(Head::readsEveryToken);
  }

  /** How many sequences in a row belong together, so that no replica has a part of them. */
  default int together() {
    return 1;
  }

  /** How many sequences in a row belong together for one of several heads. */
  static int together(List<Head> heads) {
    return heads.stream().mapToInt(Head::together).max().orElse(1);
  }

  /** Builds the head. Only the loss, and outputs that say so, need the labels' placeholders. */
  HeadOutput apply(Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels);

  /**
   * A head in a graph.
   *
   * @param outputs by name, float32
   * @param loss float32 []
   */
  record HeadOutput(SortedMap<String, Operand<TFloat32>> outputs, Operand<TFloat32> loss) {}
}
