package albert.experiments.training.pretraining;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.JsonLine;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.Predictor;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.TrainingListener;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.tensor.FloatTensor;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pretraining that goes on from a masked LM whose decoder is not the word embeddings. */
final class UntiedPretrainingTest {
  private static final String WORDS = "bert/embeddings/word_embeddings";
  private static final String DECODER = "cls/predictions/output_weights";

  @TempDir private Path folder;

  @Test
  void theDecoderIsTrainedAndKept() throws IOException {
    SmallCorpus.write(folder.resolve("corpus"));
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      LoadedModel tied = train("tied", job(tokenizer, null));
      assertThat(tied.head().tied()).isTrue();
      LoadedModel start = untied(tied);
      LoadedModel trained = train("untied", job(tokenizer, start));
      assertThat(trained.head()).isEqualTo(start.head());
      for (String name : List.of(WORDS, DECODER)) {
        assertThat(trained.weights().get(name)).isNotNull().isNotEqualTo(start.weights().get(name));
      }
      assertThat(trained.weights().get(DECODER)).isNotEqualTo(trained.weights().get(WORDS));
      FloatTensor words = requireNonNull(tied.weights().get(WORDS));
      assertThat(fillings(untied(tied, words))).isEqualTo(fillings(tied));
      assertThat(fillings(start)).as("by its own decoder").isNotEqualTo(fillings(tied));
    }
  }

  /** The tokens that fill a mask best. */
  private static List<String> fillings(LoadedModel model) {
    PretrainedModel checkpoint =
        new PretrainedModel(
            "m",
            model,
            DataFingerprint.of("weights", "0".repeat(64), Map.of(), "m"),
            Optional.empty(),
            false);
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("text", "a [MASK] of words");
    List<Object> results = new ArrayList<>();
    try (Predictor predictor = Predictor.open(checkpoint, Settings.NONE, OptionalInt.of(3))) {
      predictor.predict(
          List.of(new JsonLine("in.jsonl", 1, object, "text")), new StopSignal(), results::add);
    }
    return JsonMapper.builder().build().valueToTree(results.get(0)).findValuesAsText("token");
  }

  private LoadedModel train(String output, PretrainingJob job) throws IOException {
    Path to = Files.createDirectories(folder.resolve(output));
    new Pretraining(job, to, TrainingListener.NOBODY, new StopSignal()).run();
    return ModelDirectory.read(to);
  }

  private PretrainingJob job(Tokenizer tokenizer, @Nullable LoadedModel start) {
    PretrainingJob job = SmallCorpus.job(folder.resolve("corpus"), tokenizer, "max_steps", "2");
    PretrainedModel model =
        start == null
            ? null
            : new PretrainedModel(
                "start",
                start,
                DataFingerprint.of("weights", "0".repeat(64), Map.of(), "start"),
                Optional.empty(),
                false);
    return new PretrainingJob(
        job.encoder(),
        job.config(),
        job.seed(),
        model,
        job.startName(),
        job.corpus(),
        job.additional(),
        job.tokenizer(),
        job.tokenizerFile(),
        job.specialInText(),
        job.provenance());
  }

  private static LoadedModel untied(LoadedModel tied) {
    FloatTensor words = requireNonNull(tied.weights().get(WORDS));
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[words.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.02, 0.02);
    }
    return untied(tied, new FloatTensor(words.shape(), values));
  }

  private static LoadedModel untied(LoadedModel tied, FloatTensor decoder) {
    Map<String, FloatTensor> weights = new HashMap<>(tied.weights());
    weights.put(DECODER, decoder);
    return new LoadedModel(
        tied.config(), tied.head().tied(false), weights, tied.tokenizerFile(), List.of());
  }
}
