package albert.experiments.encoding;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a directory of sentence-transformers says beside the model: {@code modules.json}, {@code
 * 1_Pooling/config.json} and {@code sentence_bert_config.json}, each where it is there.
 *
 * @param directory of the model
 */
record SentenceFiles(Path directory) {
  private static final String MODULES = "modules.json";
  private static final String POOLING = "1_Pooling/config.json";
  private static final String TRANSFORMER = "sentence_bert_config.json";
  private static final String NORMALIZE = "Normalize";
  private static final List<String> KNOWN = List.of("Transformer", "Pooling", NORMALIZE);

  /** Says which pooling, or lists several whose vectors are put side by side. */
  private static final String MODE = "pooling_mode";

  /** Keys of before there was {@value #MODE}: {@code pooling_mode_mean_tokens} is true or false. */
  private static final String FLAG = MODE + "_";

  /** Those beside a model; one that arrives by Maven has none. */
  static SentenceFiles beside(PretrainedModel model) {
    return new SentenceFiles(ModelDirectory.of(Path.of(model.name())));
  }

  /**
   * The pooling; the mean where no file says it.
   *
   * @throws ModelFileException if it is one that there is not here, or several
   */
  Pooling pooling() {
    Path file = directory.resolve(POOLING);
    if (!Files.isRegularFile(file)) {
      return Pooling.MEAN;
    }
    List<String> modes = modes(JsonObject.read(file));
    if (modes.isEmpty()) {
      return Pooling.MEAN;
    }
    return (modes.size() == 1 ? Pooling.of(modes.get(0)) : Optional.<Pooling>empty())
        .orElseThrow(() -> unsupported(file, "the pooling " + String.join(" and ", modes)));
  }

  private static List<String> modes(JsonObject json) {
    List<String> modes = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.entries()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (key.equals(MODE)) {
        (value.isArray() ? value : List.of(value)).forEach(mode -> modes.add(mode.asText()));
      } else if (key.startsWith(FLAG) && json.flag(key, false)) {
        flags.add(key.substring(FLAG.length()).replaceFirst("_tokens?$", ""));
      }
    }
    return modes.isEmpty() ? flags : modes;
  }

  /**
   * Whether the last module brings vectors to length 1.
   *
   * @throws ModelFileException if there is a module that there is not here
   */
  boolean normalises() {
    Path file = directory.resolve(MODULES);
    boolean normalises = false;
    for (String module : Files.isRegularFile(file) ? modules(file) : List.<String>of()) {
      if (!KNOWN.contains(module)) {
        throw unsupported(file, "the module " + module);
      }
      normalises |= module.equals(NORMALIZE);
    }
    return normalises;
  }

  /** Their classes, without the package. */
  private static List<String> modules(Path file) {
    try {
      List<String> classes = new ArrayList<>();
      for (JsonNode module : new StrictJson().read(file, JsonNode.class)) {
        String type = module.path("type").asText();
        classes.add(type.substring(type.lastIndexOf('.') + 1));
      }
      return classes;
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
  }

  private static ModelFileException unsupported(Path file, String what) {
    return new ModelFileException(
        file,
        String.format(
            Locale.ROOT,
            "it asks for %s, which is not supported; --pool %s takes another",
            ModelFileException.quote(what),
            String.join(" or ", Pooling.ids())));
  }

  /**
   * The longest sequence, if a file says it.
   *
   * @param model whose texts are lower-cased by its tokenizer, if the file asks for that
   * @throws ModelFileException if it is shorter than [CLS], a piece and [SEP], or texts are to be
   *     lower-cased and are not
   */
  OptionalInt longest(PretrainedModel model) {
    Path file = directory.resolve(TRANSFORMER);
    if (!Files.isRegularFile(file)) {
      return OptionalInt.empty();
    }
    JsonObject json = JsonObject.read(file);
    if (json.flag("do_lower_case", false) && !isLowerCasing(model)) {
      throw new ModelFileException(
          file, "do_lower_case is true, but the tokenizer keeps capitals; allowed is false");
    }
    int longest = json.integer("max_seq_length", Integer.MAX_VALUE);
    if (longest < EncodeInput.SHORTEST) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, allowed are %d and more",
              longest,
              EncodeInput.SHORTEST));
    }
    return OptionalInt.of(longest);
  }

  private static boolean isLowerCasing(PretrainedModel model) {
    try (Tokenizer tokenizer = model.openTokenizer()) {
      return tokenizer.isLowerCasing();
    }
  }
}
