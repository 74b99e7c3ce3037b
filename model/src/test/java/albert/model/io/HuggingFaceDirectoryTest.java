package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceDirectoryTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/hf");
  private static final String WORDS = "albert.embeddings.word_embeddings.weight";

  @TempDir private Path directory;

  @Test
  void kernelsAreTransposedAndNamesAreGoogles() {
    Path folder = GOLDEN.resolve("albert-classification");
    Safetensors file = Safetensors.open(folder.resolve("model.safetensors"));
    Map<String, FloatTensor> weights = ModelDirectory.read(folder).weights();
    FloatTensor theirs =
        file.readFloat("albert.encoder.albert_layer_groups.1.albert_layers.0.ffn.weight");
    FloatTensor ours =
        weight(
            weights,
            "bert/encoder/transformer/group_1/inner_group_0/ffn_1/intermediate/dense/kernel");
    assertThat(theirs.shape()).containsExactly(50, 24);
    assertThat(ours.shape()).containsExactly(24, 50);
    assertThat(ours.values()[2 * 50 + 7]).isEqualTo(theirs.values()[7 * 24 + 2]);
    assertThat(weight(weights, "output_weights")).isEqualTo(file.readFloat("classifier.weight"));
    assertThat(weight(weights, "bert/encoder/transformer/group_0/inner_group_0/LayerNorm_1/gamma"))
        .isEqualTo(
            file.readFloat(
                "albert.encoder.albert_layer_groups.0.albert_layers.0.full_layer_layer_norm.weight"));
  }

  @ParameterizedTest
  @CsvSource({
    "albert-pretraining, PRETRAINING, 2",
    "albert-inner-group-2, MASKED_LM, 0",
    "albert-classification, CLASSIFICATION, 3",
    "albert-regression, REGRESSION, 1",
    "albert-question-answering, QUESTION_ANSWERING, 2",
    "albert-token-classification, TOKEN_CLASSIFICATION, 5",
    "albert-multiple-choice, MULTIPLE_CHOICE, 1",
    "bert-pretraining, PRETRAINING, 2",
    "bert-classification, CLASSIFICATION, 3",
    "bert-regression, REGRESSION, 1",
    "bert-question-answering, QUESTION_ANSWERING, 2",
    "bert-token-classification, TOKEN_CLASSIFICATION, 5",
    "bert-multiple-choice, MULTIPLE_CHOICE, 1"
  })
  void theHeadIsFoundInTheFile(String folder, HeadKind kind, int outputs) {
    HeadDescription head = ModelDirectory.read(GOLDEN.resolve(folder)).head();
    assertThat(head.kind()).isEqualTo(kind);
    assertThat(head.outputs()).isEqualTo(outputs);
  }

  @Test
  void missingLeftOverAndMisshapenTensorsAreNamed() throws IOException {
    Map<String, HostTensor> tensors = golden("albert-classification");
    tensors.remove("classifier.bias");
    tensors.put("adapter.down\n", FloatTensor.of(new float[2], 2));
    tensors.put(WORDS, FloatTensor.of(new float[1200], 100, 12));
    write(tensors, "albert-classification");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("1 tensor missing: classifier.bias [3]")
        .hasMessageContaining(
            "1 tensor of the wrong shape: " + WORDS + " is [100, 12], expected [101, 12]")
        .hasMessageContaining("1 tensor left over: 'adapter.down\\u000a' [2]")
        .message()
        .hasLineCount(1);
  }

  @Test
  void buffersAndTiedDecodersAreLeftOutAndListed() throws IOException {
    Map<String, HostTensor> tensors = golden("albert-pretraining");
    tensors.put("albert.embeddings.position_ids", IntTensor.of(new int[40], 1, 40));
    tensors.put("predictions.decoder.weight", weight(tensors, WORDS));
    tensors.put("predictions.decoder.bias", weight(tensors, "predictions.bias"));
    write(tensors, "albert-pretraining");
    LoadedModel model = ModelDirectory.read(directory);
    assertThat(model.notes())
        .containsExactly(
            "albert.embeddings.position_ids is a constant and was left out",
            "predictions.decoder.weight is " + WORDS + " again and was left out",
            "predictions.decoder.bias is predictions.bias again and was left out");
    assertThat(model.weights())
        .isEqualTo(ModelDirectory.read(GOLDEN.resolve("albert-pretraining")).weights());
  }

  @Test
  void aDecoderOfItsOwnIsRefused() throws IOException {
    Map<String, HostTensor> tensors = golden("albert-pretraining");
    float[] other = weight(tensors, WORDS).values().clone();
    other[5] += 1;
    tensors.put("predictions.decoder.weight", FloatTensor.of(other, 101, 12));
    write(tensors, "albert-pretraining");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("predictions.decoder.weight differs from " + WORDS);
  }

  @Test
  void anEncoderAloneHasNoPrefixAndOldNamesOfLayerNormsAreKnown() throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    golden("bert-classification")
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("bert.")) {
                tensors.put(
                    name.substring("bert.".length())
                        .replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"),
                    tensor);
              }
            });
    write(tensors, "bert-classification");
    LoadedModel model = ModelDirectory.read(directory);
    assertThat(model.head()).isEqualTo(HeadDescription.NONE);
    assertThat(model.hasPooler()).isTrue();
    assertThat(model.notes())
        .containsExactly(
            "config.json says 'BertForSequenceClassification', but the weights have no head");
  }

  @Test
  void shardsAreReadByTheirIndex() throws IOException {
    Map<String, HostTensor> tensors = golden("bert-pretraining");
    Map<String, HostTensor> first = new LinkedHashMap<>();
    Map<String, HostTensor> second = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> (name.hashCode() % 2 == 0 ? first : second).put(name, tensor));
    Safetensors.write(directory.resolve("model-00001-of-00002.safetensors"), first, Map.of());
    Safetensors.write(directory.resolve("model-00002-of-00002.safetensors"), second, Map.of());
    copyConfig("bert-pretraining");
    writeIndex(
        first, "model-00001-of-00002.safetensors", second, "model-00002-of-00002.safetensors");
    assertThat(ModelDirectory.read(directory).weights())
        .isEqualTo(ModelDirectory.read(GOLDEN.resolve("bert-pretraining")).weights());

    writeIndex(
        first, "model-00001-of-00002.safetensors", second, "model-00001-of-00002.safetensors");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("should be in model-00001-of-00002.safetensors, but is not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.safetensors",
        "/etc/x.safetensors",
        "a/b.safetensors",
        "..",
        "",
        "x.bin",
        "a\\\\b.safetensors"
      })
  void anIndexDoesNotLeadOutOfTheDirectory(String name) throws IOException {
    copyConfig("bert-pretraining");
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        String.format(Locale.ROOT, "{\"weight_map\":{\"a\":\"%s\"}}", name));
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("allowed are plain names");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "position_embedding_type|\"relative_key\"|position_embedding_type is '\"relative_key\"', allowed is \"absolute\"",
        "is_decoder|true|is_decoder is 'true'",
        "add_cross_attention|true|add_cross_attention",
        "pruned_heads|{\"0\":[1]}|pruned_heads",
        "net_structure_type|1|net_structure_type",
        "use_relative_positions|true|'use_relative_positions' is 'true'",
        "rope_theta|10000.0|rope_theta",
        "quantization_config|{\"bits\":8}|quantization_config",
        "model_type|\"roberta\"|model_type is 'roberta', allowed are albert, bert",
        "hidden_act|\"silu\"|hidden_act is 'silu', allowed are gelu",
        "hidden_size|24.5|hidden_size is '24.5', allowed is a whole number",
        "hidden_size|\"24\"|hidden_size",
        "hidden_size|99999999999|hidden_size",
        "hidden_size|-24|hidden_size is -24",
        "hidden_size|0|hidden_size is 0",
        "intermediate_size|0|intermediate_size is 0",
        "num_attention_heads|0|num_attention_heads is 0",
        "num_attention_heads|7|hidden_size 24 is not a multiple of num_attention_heads 7",
        "num_hidden_groups|0|num_hidden_groups is 0",
        "num_hidden_groups|3|num_hidden_layers 4 is not a multiple of groups 3",
        "num_hidden_layers|1000000|num_hidden_layers is 1000000",
        "inner_group_num|1024|the configuration asks for",
        "vocab_size|10000000|expected [10000000, 12]",
        "layer_norm_eps|0|layer_norm_eps is 0.0",
        "hidden_dropout_prob|1.5|hidden_dropout_prob is 1.5",
        "id2label|[]|id2label is not a JSON object",
        "id2label|{\"0\":\"a\",\"2\":\"b\"}|id2label has 2 entries, but none for 1",
        "id2label|{\"0\":\"a\",\"1\":\"b\"}|classifier.weight is [3, 24], expected [2, 24]",
        "id2label|{\"0\":0,\"1\":1,\"2\":2}|id2label.0 is '0', allowed is a text",
        "id2label|{\"0\":\"a\",\"1\":\"b\",\"2\":\"a\"}|id2label: the classes 0 and 2 are both called"
            + " 'a'",
        "problem_type|\"regression\"|problem_type"
      })
  void keysThatAreNotSupportedAreRefusedByName(String key, String value, String message)
      throws IOException {
    copy("albert-classification");
    config(key, value);
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(directory.toString())
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void severalLabelsATextAreAHeadOfTheirOwn() throws IOException {
    copy("albert-classification");
    config("problem_type", "\"multi_label_classification\"");
    LoadedModel model = ModelDirectory.read(directory);
    assertThat(model.head().kind()).isEqualTo(HeadKind.MULTI_LABEL_CLASSIFICATION);
    Path written = directory.resolve("written");
    HuggingFaceDirectory.write(written, model);
    assertThat(ModelDirectory.read(written).head()).isEqualTo(model.head());
    CheckpointDirectory.write(directory.resolve("own"), model);
    assertThat(ModelDirectory.read(directory.resolve("own")).head()).isEqualTo(model.head());
  }

  @Test
  void oneClassIsNoClassification() throws IOException {
    copy("albert-classification");
    config("problem_type", "\"single_label_classification\"");
    config("id2label", "{\"0\":\"a\"}");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("problem_type: a classification with 1 class");
  }

  @Test
  void oneTagIsNoTokenClassification() throws IOException {
    copy("albert-classification");
    Path file = directory.resolve("config.json");
    Files.writeString(file, Files.readString(file).replace("ForSequence", "ForToken"));
    config("id2label", "{\"0\":\"O\"}");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("id2label: a classification with 1 class")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gap_size|0",
        "output_attentions|true",
        "gradient_checkpointing|true",
        "_name_or_path|\"somewhere\"",
        "torch_dtype|\"float16\"",
        "use_cache|true",
        "finetuning_task|\"mrpc\"",
        "cross_attention_hidden_size|null",
        "tie_encoder_decoder|false"
      })
  void keysThatDoNotMatterAreAccepted(String key, String value) throws IOException {
    copy("albert-classification");
    EncoderConfig before = ModelDirectory.read(directory).config();
    config(key, value);
    assertThat(ModelDirectory.read(directory).config()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(ParameterSharing.class)
  void sharingIsWrittenOutWhereTheFormatCanNotSayIt(ParameterSharing sharing) throws IOException {
    for (ModelType type : ModelType.values()) {
      EncoderConfig config = Models.tiny(type, sharing).build();
      LoadedModel model = Models.random(config, HeadKind.PRETRAINING, 5);
      List<String> notes = HuggingFaceDirectory.write(directory, model);
      LoadedModel read = HuggingFaceDirectory.read(directory);
      boolean said =
          sharing == ParameterSharing.NONE
              || (type == ModelType.ALBERT && sharing == ParameterSharing.ALL);
      assertThat(notes).hasSize(said ? 0 : 1);
      Models.assertSameComputation(read, model);
    }
  }

  @ParameterizedTest
  @EnumSource(SharingPattern.class)
  void aPatternThatTheFormatCanNotSayIsWrittenOut(SharingPattern pattern) throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.ALBERT, ParameterSharing.ALL)
            .numHiddenLayers(4)
            .sharingPattern(pattern)
            .build();
    LoadedModel model = Models.random(config, HeadKind.PRETRAINING, 5);
    List<String> notes = HuggingFaceDirectory.write(directory, model);
    LoadedModel read = HuggingFaceDirectory.read(directory);
    if (pattern == SharingPattern.SEQUENCE) {
      assertThat(notes).isEmpty();
      assertThat(read.config().groups()).isEqualTo(2);
    } else {
      String name = pattern.name().toLowerCase(Locale.ROOT);
      assertThat(notes)
          .containsExactly(
              "published ALBERT code can't say sharing 'all' in the pattern '"
                  + name
                  + "': each of the 4 layers was written out with its own copy");
    }
    Models.assertSameComputation(read, model);
    Path google = directory.resolve("google");
    assertThat(GoogleDirectory.write(google, model)).hasSameSizeAs(notes);
    Models.assertSameComputation(GoogleDirectory.read(google), model);
  }

  @ParameterizedTest
  @CsvSource({
    "CONDITIONAL_SPAN, 'ALBERT''s span head, which transformers does not have'",
    "SENTENCE_SCORING, 'the model scores sentences, for which transformers has no head'",
  })
  void headsThatTransformersDoesNotHaveAreRefused(HeadKind kind, String reason) {
    LoadedModel model =
        Models.random(Models.tiny(ModelType.ALBERT, ParameterSharing.ALL).build(), kind, 6);
    assertThatThrownBy(() -> HuggingFaceDirectory.write(directory, model))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(reason);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatOnlyAnAlbertHasMakesABertOne() throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.BERT, ParameterSharing.ALL).embeddingSize(5).groups(2).build();
    LoadedModel model = Models.random(config, HeadKind.MASKED_LM, 6);
    assertThat(HuggingFaceDirectory.write(directory, model)).hasSize(1);
    LoadedModel read = HuggingFaceDirectory.read(directory);
    assertThat(read.config().modelType()).isEqualTo(ModelType.ALBERT);
    assertThat(read.config().groups()).isEqualTo(2);
    Models.assertSameComputation(read, model);
  }

  @Test
  void anAlbertWithoutProjectionGetsTheIdentity() throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.ALBERT, ParameterSharing.ALL)
            .embeddingSize(6)
            .hiddenAct(HiddenAct.RELU)
            .build();
    LoadedModel model = Models.random(config, HeadKind.NONE, 7);
    assertThat(HuggingFaceDirectory.write(directory, model)).hasSize(1);
    LoadedModel read = HuggingFaceDirectory.read(directory);
    FloatTensor kernel = weight(read.weights(), ModelVariable.PROJECTION_KERNEL.variableName());
    assertThat(kernel.values()[0]).isEqualTo(1);
    assertThat(kernel.values()[1]).isEqualTo(0);
    assertThat(kernel.values()[config.hiddenSize() + 1]).isEqualTo(1);
  }

  @Test
  void theTokenizersFilesAreFoundAndCopied() throws IOException {
    copy("bert-classification");
    assertThat(ModelDirectory.read(directory).tokenizerFile()).isNull();
    Files.writeString(directory.resolve("vocab.txt"), "[PAD]\n");
    Files.writeString(directory.resolve("tokenizer_config.json"), "{}");
    LoadedModel model = ModelDirectory.read(directory);
    assertThat(model.tokenizerFile()).isEqualTo(directory.resolve("vocab.txt"));
    Path copy = directory.resolve("copy");
    HuggingFaceDirectory.write(copy, model);
    assertThat(copy.resolve("vocab.txt")).hasContent("[PAD]\n");
    assertThat(copy.resolve("tokenizer_config.json")).hasContent("{}");
  }

  private static Map<String, HostTensor> golden(String folder) {
    return new LinkedHashMap<>(
        Safetensors.open(GOLDEN.resolve(folder).resolve("model.safetensors")).readAll());
  }

  private static FloatTensor weight(Map<String, ? extends HostTensor> tensors, String name) {
    return (FloatTensor) Objects.requireNonNull(tensors.get(name), name);
  }

  private void write(Map<String, HostTensor> tensors, String folder) throws IOException {
    Safetensors.write(directory.resolve("model.safetensors"), tensors, Map.of());
    copyConfig(folder);
  }

  private void copy(String folder) throws IOException {
    Files.copy(
        GOLDEN.resolve(folder).resolve("model.safetensors"),
        directory.resolve("model.safetensors"));
    copyConfig(folder);
  }

  private void copyConfig(String folder) throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        Files.readString(GOLDEN.resolve(folder).resolve("config.json")));
  }

  /** Sets a key of the configuration. */
  private void config(String key, String value) throws IOException {
    Path file = directory.resolve("config.json");
    String json = Files.readString(file);
    String rest = json.replaceFirst(",\\s*\"" + key + "\":\\s*(\\{[^}]*}|\\[[^]]*]|[^,}\\n]*)", "");
    Files.writeString(
        file, rest.replaceFirst("\\{", "{\"" + key + "\": " + value.replace("$", "\\$") + ","));
  }

  private void writeIndex(
      Map<String, HostTensor> first,
      String firstFile,
      Map<String, HostTensor> second,
      String secondFile)
      throws IOException {
    StringBuilder map = new StringBuilder();
    first
        .keySet()
        .forEach(name -> map.append(String.format(Locale.ROOT, "\"%s\":\"%s\",", name, firstFile)));
    second
        .keySet()
        .forEach(
            name -> map.append(String.format(Locale.ROOT, "\"%s\":\"%s\",", name, secondFile)));
    map.setLength(map.length() - 1);
    Files.writeString(
        directory.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
  }
}
