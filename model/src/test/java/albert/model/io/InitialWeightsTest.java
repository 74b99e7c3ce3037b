package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a training takes from a checkpoint. */
final class InitialWeightsTest {

  private static final EncoderConfig CONFIG =
      Models.tiny(ModelType.BERT, ParameterSharing.NONE).build();
  private static final HeadDescription THREE =
      new HeadDescription(HeadKind.CLASSIFICATION, List.of("no", "yes", "perhaps"));

  @Test
  void theSameHeadIsTaken() {
    LoadedModel checkpoint = Models.random(CONFIG, HeadKind.CLASSIFICATION, 1);
    InitialWeights initial = InitialWeights.of(checkpoint, THREE, shapes(checkpoint));
    assertThat(initial.taken()).isEqualTo(checkpoint.weights());
    assertThat(initial.notes("c", 1)).isEmpty();
  }

  @Test
  void anotherHeadIsNewAndTheOldOneIsNamed() {
    LoadedModel checkpoint = Models.random(CONFIG, HeadKind.PRETRAINING, 1);
    Map<String, long[]> shapes = shapes(Models.random(CONFIG, HeadKind.CLASSIFICATION, 2));
    InitialWeights initial = InitialWeights.of(checkpoint, THREE, shapes);
    assertThat(initial.fresh()).containsExactly("output_bias", "output_weights");
    assertThat(initial.leftOut()).hasSize(7).allMatch(name -> name.startsWith("cls/"));
    assertThat(initial.notes("c", 9))
        .hasSize(2)
        .first()
        .isEqualTo("output_bias, output_weights are new: initialised with seed 9");
  }

  @Test
  void aHeadOfOtherClassesIsNew() {
    LoadedModel checkpoint = Models.random(CONFIG, HeadKind.CLASSIFICATION, 1);
    HeadDescription others =
        new HeadDescription(HeadKind.CLASSIFICATION, List.of("cat", "dog", "bird"));
    InitialWeights initial = InitialWeights.of(checkpoint, others, shapes(checkpoint));
    assertThat(initial.fresh()).containsExactly("output_bias", "output_weights");
    assertThat(initial.leftOut()).containsExactly("output_bias", "output_weights");
    HeadDescription unnamed = HeadDescription.unnamed(HeadKind.CLASSIFICATION, 3);
    InitialWeights byPosition = InitialWeights.of(checkpoint, unnamed, shapes(checkpoint));
    assertThat(byPosition.fresh()).isEmpty();
    assertThat(byPosition.notes("it", 1))
        .containsExactly(
            "the classes of it have other names than the task's and are taken by their positions:"
                + " no as LABEL_0, yes as LABEL_1, perhaps as LABEL_2");
  }

  @Test
  void ofAJointHeadThePartWithTheSameClassesIsTaken() {
    LoadedModel checkpoint = Models.random(CONFIG, HeadKind.JOINT_CLASSIFICATION, 1);
    List<String> labels = checkpoint.head().labels();
    InitialWeights same = InitialWeights.of(checkpoint, checkpoint.head(), shapes(checkpoint));
    assertThat(same.taken()).isEqualTo(checkpoint.weights());
    HeadDescription others =
        new HeadDescription(HeadKind.JOINT_CLASSIFICATION, labels, List.of("O", "B-time"));
    assertThat(InitialWeights.of(checkpoint, others, shapes(checkpoint)).fresh())
        .containsExactly("cls/token/output_bias", "cls/token/output_weights");
    HeadDescription unnamed =
        new HeadDescription(HeadKind.JOINT_CLASSIFICATION, labels, List.of("LABEL_0", "LABEL_1"));
    assertThat(InitialWeights.of(checkpoint, unnamed, shapes(checkpoint)).renamed())
        .containsExactly("O as LABEL_0", "B-place as LABEL_1");
    assertThat(InitialWeights.of(checkpoint, THREE, shapes(checkpoint)).fresh())
        .contains("output_weights");
  }

  @Test
  void anEncoderIsNeverMadeUp() {
    LoadedModel checkpoint = Models.random(CONFIG, HeadKind.NONE, 1);
    String words = ModelVariable.WORD_EMBEDDINGS.variableName();
    Map<String, long[]> more = shapes(checkpoint);
    more.put(words, new long[] {12, 6});
    assertThatThrownBy(() -> InitialWeights.of(checkpoint, HeadDescription.NONE, more))
        .hasMessage(words + " is [11, 6] in the checkpoint, needed is [12, 6]");
    Map<String, long[]> deeper = shapes(checkpoint);
    deeper.put("bert/encoder/layer_9/output/dense/bias", new long[] {6});
    assertThatThrownBy(() -> InitialWeights.of(checkpoint, HeadDescription.NONE, deeper))
        .hasMessageContaining("layer_9/output/dense/bias is missing");
  }

  private static Map<String, long[]> shapes(LoadedModel model) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    model.weights().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
