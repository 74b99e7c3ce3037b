package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** TensorFlow's own reader loads a checkpoint written without it, checksums included. */
class TensorFlowReadsCheckpointTest {
  @TempDir private Path directory;

  @Test
  void everyVariableIsRestoredBitForBit() throws IOException {
    LoadedModel model =
        Models.random(
            Models.tiny(ModelType.ALBERT, ParameterSharing.ALL).build(), HeadKind.PRETRAINING, 9);
    GoogleDirectory.write(directory, model);
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      for (Map.Entry<String, FloatTensor> variable : model.weights().entrySet()) {
        TFloat32 restored =
            (TFloat32)
                tf.train
                    .restore(
                        tf.constant(directory.resolve("model.ckpt-best").toString()),
                        tf.constant(NdArrays.vectorOfObjects(variable.getKey())),
                        tf.constant(NdArrays.vectorOfObjects("")),
                        List.of(TFloat32.class))
                    .tensors()
                    .get(0)
                    .asTensor();
        float[] values = new float[(int) restored.size()];
        restored.asRawTensor().data().asFloats().read(values);
        assertThat(new FloatTensor(restored.shape().asArray(), values))
            .isEqualTo(variable.getValue());
      }
    }
  }
}
