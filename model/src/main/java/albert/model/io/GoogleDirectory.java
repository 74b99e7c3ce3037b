package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.io.ModelVariable.Part;
import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import albert.model.io.tensorbundle.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory as google-research/albert and google-research/bert publish and write them: {@code
 * albert_config.json} or {@code bert_config.json} and a TensorFlow checkpoint ({@code .index} and
 * {@code .data-*}). Both programs' {@code gelu} is the tanh approximation, and so it is read.
 *
 * <p>Where our own directories of this kind have to say more than those programs know, the
 * configuration has keys that they ignore: {@code exact_gelu}, {@code layer_norm_eps}, {@code head}
 * and {@code labels}.
 */
public final class GoogleDirectory {
  static final String HEAD = "head";
  static final String LABELS = "labels";

  // AdamW and LAMB of the published code, TensorFlow's Adam, and the step counter
  private static final Pattern TRAINING_STATE =
      Pattern.compile(
          "global_step|beta[12]_power|.*/(adam_[mv]|lamb_[mv]|Adam(_1)?|Adam[A-Za-z]*Optimizer(_1)?)");
  private static final Pattern CURRENT =
      Pattern.compile("(?m)^model_checkpoint_path:\\s*\"(?:[^\"]*/)?([^\"/]+)\"");

  private GoogleDirectory() {}

  /**
   * Reads a model. Heads may be absent; optimizer slots and the step counter are left out.
   *
   * @throws ModelFileException if a file is not sound, a key asks for what is not supported, or a
   *     variable is missing, left over or of the wrong shape
   */
  public static LoadedModel read(Path directory) {
    ModelType type =
        config(directory)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory, "there is neither albert_config.json nor bert_config.json"));
    JsonObject json = JsonObject.read(directory.resolve(configName(type)));
    EncoderConfig config = PublishedConfig.read(json, type, PublishedConfig.Writer.GOOGLE);
    TensorBundle bundle = TensorBundle.open(checkpoint(directory));
    WeightReader.checkSize(bundle, config);
    List<String> notes = new ArrayList<>();
    Set<String> state =
        bundle.shapes().keySet().stream()
            .filter(name -> TRAINING_STATE.matcher(name).matches())
            .collect(Collectors.toSet());
    if (!state.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d variables of the training's state were left out (optimizer slots, global_step)",
              state.size()));
    }
    HeadDescription head = head(json, bundle, notes);
    boolean pooler = hasAny(bundle, Part.POOLER) || head.kind().needsPooler();
    TensorTable table = TensorTable.google(config, head, pooler, TensorTable.Layout.of(config));
    return new LoadedModel(
        config,
        head,
        WeightReader.read(bundle, table, state),
        TokenizerFiles.find(directory),
        notes);
  }

  /**
   * Writes a model so that Google's code and TensorFlow load it, creating the directory. The
   * configuration comes last, so a directory with one is complete.
   *
   * @return what the format could not say and was written in another way, a line each
   * @throws IOException if it can't be written
   * @throws ModelFileException if Google's code can't compute such a model
   */
  public static List<String> write(Path directory, LoadedModel model) throws IOException {
    return new GoogleWriter(directory, model).write();
  }

  /** The type that a configuration file in the directory says, if there is one. */
  static Optional<ModelType> config(Path directory) {
    return Arrays.stream(ModelType.values())
        .filter(type -> Files.isRegularFile(directory.resolve(configName(type))))
        .findFirst();
  }

  static String configName(ModelType type) {
    return type.name().toLowerCase(Locale.ROOT) + "_config.json";
  }

  /** The prefix of the only checkpoint, or of the one that the file "checkpoint" calls current. */
  private static Path checkpoint(Path directory) {
    List<String> prefixes;
    try (Stream<Path> files = Files.list(directory)) {
      prefixes =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(TensorBundle.INDEX))
              .map(name -> name.substring(0, name.length() - TensorBundle.INDEX.length()))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new ModelFileException(directory, "can't be listed", e);
    }
    if (prefixes.size() == 1) {
      return directory.resolve(prefixes.get(0));
    }
    return current(directory)
        .filter(prefixes::contains)
        .map(directory::resolve)
        .orElseThrow(
            () ->
                new ModelFileException(
                    directory,
                    prefixes.isEmpty()
                        ? "there is no TensorFlow checkpoint, needed is a file that ends in .index"
                        : String.format(
                            Locale.ROOT,
                            "there are %d checkpoints, and no file 'checkpoint' says which is current",
                            prefixes.size())));
  }

  private static Optional<String> current(Path directory) {
    Path file = directory.resolve("checkpoint");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
        return Optional.empty();
      }
      Matcher matcher = CURRENT.matcher(Files.readString(file));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new ModelFileException(file, "can't be read as text", e);
    }
  }

  private static HeadDescription head(JsonObject json, TensorBundle bundle, List<String> notes) {
    if (hasAny(bundle, Part.MASKED_LM)) {
      return HeadDescription.of(
          hasAny(bundle, Part.SENTENCE) ? HeadKind.PRETRAINING : HeadKind.MASKED_LM);
    }
    if (hasAny(bundle, Part.SENTENCE)) {
      return HeadDescription.of(HeadKind.NEXT_SENTENCE);
    }
    if (hasAny(bundle, Part.SPAN)) {
      return HeadDescription.of(HeadKind.QUESTION_ANSWERING);
    }
    if (hasAny(bundle, Part.CONDITIONAL_SPAN)) {
      return HeadDescription.of(HeadKind.CONDITIONAL_SPAN);
    }
    if (hasAny(bundle, Part.TOKEN)) {
      if (json.text(HEAD).orElse("").equals("sentence_scoring")) {
        return HeadDescription.of(HeadKind.SENTENCE_SCORING);
      }
      int labels = rows(bundle, ModelVariable.TOKEN_WEIGHTS);
      return named(json, HeadKind.TOKEN_CLASSIFICATION, labels);
    }
    if (!hasAny(bundle, Part.CLASSIFIER)) {
      return HeadDescription.NONE;
    }
    int labels = rows(bundle, ModelVariable.CLASSIFIER_WEIGHTS);
    if (json.text(HEAD).orElse("").equals("multi_label_classification")) {
      return named(json, HeadKind.MULTI_LABEL_CLASSIFICATION, labels);
    }
    if (labels != 1) {
      return named(json, HeadKind.CLASSIFICATION, labels);
    }
    if (json.text(HEAD).orElse("").equals("multiple_choice")) {
      return HeadDescription.of(HeadKind.MULTIPLE_CHOICE);
    }
    if (!json.has(HEAD)) {
      notes.add("a head with one output was read as regression");
    }
    return HeadDescription.of(HeadKind.REGRESSION);
  }

  private static HeadDescription named(JsonObject json, HeadKind kind, int labels) {
    List<String> names = json.texts(LABELS);
    HeadDescription head =
        names.size() == labels
            ? new HeadDescription(kind, names)
            : HeadDescription.unnamed(kind, labels);
    return head.checked(json.file(), LABELS);
  }

  private static int rows(TensorBundle bundle, ModelVariable weights) {
    long[] shape = bundle.shapes().getOrDefault(weights.variableName(), new long[0]);
    if (shape.length != 2 || shape[0] < 1 || shape[0] > HeadDescription.MOST_LABELS) {
      throw new ModelFileException(
          bundle.file(),
          String.format(
              Locale.ROOT,
              "%s is %s, expected [labels, hidden_size]",
              weights.variableName(),
              Arrays.toString(shape)));
    }
    return (int) shape[0];
  }

  private static boolean hasAny(TensorBundle bundle, Part part) {
    return part.variables().stream()
        .anyMatch(variable -> bundle.shapes().containsKey(variable.variableName()));
  }
}
