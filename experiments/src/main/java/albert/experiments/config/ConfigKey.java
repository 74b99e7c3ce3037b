package albert.experiments.config;

import albert.evaluation.PlainNumber;
import albert.experiments.task.TaskKinds;
import albert.model.config.ConfigException;
import java.util.List;
import java.util.Locale;

/**
 * One thing that a study file or an option can set.
 *
 * @param name in snake case, as files write it
 * @param section where it belongs
 * @param kind the type of its values
 * @param allowed what a {@link Kind#CHOICE} allows, else empty
 * @param defaultText the default as a file would write it; empty where there is none
 * @param help one line
 */
public record ConfigKey(
    String name,
    Section section,
    Kind kind,
    List<String> allowed,
    String defaultText,
    String help) {

  /** Where a key belongs; the order in which help lists them. */
  public enum Section {
    /** What is done on what. */
    RUN,
    /** The encoder's architecture: components of {@code EncoderConfig}. */
    ARCHITECTURE,
    /** What is pretrained before: the keys of a {@link PretrainingStage}. */
    PRETRAINING,
    /** How a checkpoint is compressed: components of {@link CompressionConfig}. */
    COMPRESSION,
    /**
     * What a kind of task has of its own: {@link albert.experiments.task.kind.TaskKind#keysType}.
     */
    TASK,
    /** The training and the machine: components of {@link TrainingConfig}. */
    TRAINING
  }

  /** Types of values. */
  public enum Kind {
    /** A whole number. */
    INTEGER("a whole number"),
    /** A number. */
    NUMBER("a number"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** One of a few words. */
    CHOICE("a word"),
    /** Any text. */
    TEXT("a text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** Copies {@code allowed}. */
  public ConfigKey {
    allowed = List.copyOf(allowed);
  }

  /** The option: {@code --embedding-size}. */
  public String option() {
    return "--" + name.replace('_', '-');
  }

  /**
   * Reads a value from the text of a plain scalar or an option.
   *
   * @return an Integer, a Double, a Boolean or a String
   * @throws ConfigException if the text is not of this key's type
   */
  public Object parse(String text) {
    return switch (kind) {
      case INTEGER -> integer(text);
      case NUMBER -> number(text);
      case BOOLEAN -> bool(text);
      case CHOICE -> choice(text);
      case TEXT -> text(text);
    };
  }

  /** Says that a value is not of this key's type. */
  public ConfigException wrongType(String found) {
    String wanted = kind == Kind.CHOICE ? String.join(", ", allowed) : kind.words;
    return new ConfigException(
        name, String.format(Locale.ROOT, "%s is %s, allowed is %s", name, found, wanted));
  }

  private Integer integer(String text) {
    long value = PlainNumber.whole(text).orElseThrow(() -> wrongType(text));
    if (value != (int) value) {
      throw new ConfigException(
          name, String.format(Locale.ROOT, "%s is %s, which is absurd", name, text));
    }
    return (int) value;
  }

  private Double number(String text) {
    return PlainNumber.decimal(text).orElseThrow(() -> wrongType(text));
  }

  private Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrongType(text);
    };
  }

  private String choice(String text) {
    if (!allowed.contains(text)) {
      throw new ConfigException(
          name,
          String.format(
              Locale.ROOT,
              "%s is '%s'%s, allowed are %s%s",
              name,
              text,
              NearestName.hint(text, allowed),
              String.join(", ", allowed),
              name.equals(ConfigKeys.TASK) ? " (" + TaskKinds.OWN_DATA + ")" : ""));
    }
    return text;
  }

  private String text(String text) {
    if (text.isBlank()) {
      throw wrongType("empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw new ConfigException(
          name, String.format(Locale.ROOT, "%s has a NUL in it, allowed is a text without", name));
    }
    return text;
  }
}
