package albert.model.io;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.Range;
import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Hugging Face {@code config.json}.
 *
 * @param file where it was read
 * @param encoder what the encoder is
 * @param architecture the class that the weights were saved from, such as AlbertForMaskedLM
 * @param labels names of the classes, Hugging Face's two where the file names none
 * @param problemType what a classifier of sequences is trained for; empty where the file leaves it
 *     to the number of labels
 * @param tied whether the decoder of a masked LM is the word embeddings
 */
record HuggingFaceConfig(
    Path file,
    EncoderConfig encoder,
    String architecture,
    List<String> labels,
    String problemType,
    boolean tied) {

  HuggingFaceConfig {
    labels = List.copyOf(labels);
  }

  static HuggingFaceConfig read(Path file) {
    JsonObject json = JsonObject.read(file);
    EncoderConfig encoder =
        PublishedConfig.read(json, type(json), PublishedConfig.Writer.HUGGING_FACE);
    return new HuggingFaceConfig(
        file,
        encoder,
        json.firstText("architectures").orElse(""),
        labels(json),
        json.text("problem_type").orElse(""),
        json.flag("tie_word_embeddings", true));
  }

  private static ModelType type(JsonObject json) {
    String name =
        json.text("model_type")
            // files from before that key existed
            .or(() -> json.firstText("architectures").map(HuggingFaceConfig::family))
            .orElseThrow(
                () ->
                    new ModelFileException(json.file(), "no model_type, allowed are albert, bert"));
    return switch (name) {
      case "albert" -> ModelType.ALBERT;
      case "bert" -> ModelType.BERT;
      default ->
          throw new ModelFileException(
              json.file(),
              String.format(
                  Locale.ROOT,
                  "model_type is %s, allowed are albert, bert",
                  ModelFileException.quote(name)));
    };
  }

  private static String family(String architecture) {
    return architecture.startsWith("Albert")
        ? "albert"
        : architecture.startsWith("Bert") ? "bert" : architecture;
  }

  private static List<String> labels(JsonObject json) {
    Optional<JsonObject> named = json.object("id2label");
    if (named.isEmpty()) {
      int count = json.integer("num_labels", 2);
      try {
        Range.between("num_labels", count, 1, HeadDescription.MOST_LABELS);
      } catch (ConfigException e) {
        throw new ModelFileException(json.file(), e);
      }
      return HeadDescription.unnamed(HeadKind.CLASSIFICATION, count).labels();
    }
    int count = named.get().entries().size();
    List<String> labels = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      int wanted = id;
      labels.add(
          named
              .get()
              .text(String.valueOf(id), "id2label." + id)
              .orElseThrow(
                  () ->
                      new ModelFileException(
                          json.file(),
                          String.format(
                              Locale.ROOT,
                              "id2label has %d entries, but none for %d",
                              count,
                              wanted))));
    }
    return labels;
  }

  /** As transformers: one label is a regression unless the file says otherwise. */
  private HeadKind sequenceHead() {
    boolean one = labels.size() == 1;
    return switch (problemType) {
      case "" -> one ? HeadKind.REGRESSION : HeadKind.CLASSIFICATION;
      case "single_label_classification" -> HeadKind.CLASSIFICATION;
      case "multi_label_classification" -> HeadKind.MULTI_LABEL_CLASSIFICATION;
      default -> {
        if (one && problemType.equals("regression")) {
          yield HeadKind.REGRESSION;
        }
        throw new ModelFileException(
            file,
            String.format(
                Locale.ROOT,
                "problem_type is %s with %d labels, allowed are single_label_classification,"
                    + " multi_label_classification, and regression with one",
                ModelFileException.quote(problemType),
                labels.size()));
      }
    };
  }

  /** The head of the given weights. */
  HeadDescription head(Map<String, long[]> shapes, boolean pooler) {
    boolean albert = encoder.modelType() == ModelType.ALBERT;
    boolean maskedLm = anyStarts(shapes, albert ? "predictions." : "cls.predictions.");
    boolean sentence = anyStarts(shapes, albert ? "sop_classifier." : "cls.seq_relationship.");
    if (maskedLm) {
      return HeadDescription.of(sentence ? HeadKind.PRETRAINING : HeadKind.MASKED_LM);
    }
    if (sentence) {
      return HeadDescription.of(HeadKind.NEXT_SENTENCE);
    }
    if (anyStarts(shapes, "qa_outputs.")) {
      return HeadDescription.of(HeadKind.QUESTION_ANSWERING);
    }
    return anyStarts(shapes, "classifier.") ? classifier(pooler) : HeadDescription.NONE;
  }

  /** Three heads have one name; the class they were saved from tells them apart. */
  private HeadDescription classifier(boolean pooler) {
    if (architecture.endsWith(HeadKind.MULTIPLE_CHOICE.architectureSuffix())) {
      return HeadDescription.of(HeadKind.MULTIPLE_CHOICE);
    }
    if (architecture.endsWith(HeadKind.TOKEN_CLASSIFICATION.architectureSuffix()) || !pooler) {
      return classes(HeadKind.TOKEN_CLASSIFICATION);
    }
    HeadKind kind = sequenceHead();
    return kind == HeadKind.REGRESSION ? HeadDescription.of(kind) : classes(kind);
  }

  private HeadDescription classes(HeadKind kind) {
    return new HeadDescription(kind, labels)
        .checked(
            file,
            kind == HeadKind.CLASSIFICATION && labels.size() == 1 ? "problem_type" : "id2label");
  }

  private static boolean anyStarts(Map<String, long[]> shapes, String prefix) {
    return shapes.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }
}
