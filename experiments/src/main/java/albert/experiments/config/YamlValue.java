package albert.experiments.config;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows its line. */
public sealed interface YamlValue {

  /** The line it begins in, from 1. */
  int line();

  /** What it is, for a message. */
  String describe();

  /**
   * A single value.
   *
   * @param text as written
   * @param quoted whether it was written in quotes and so is text, whatever it looks like
   */
  record Scalar(int line, String text, boolean quoted) implements YamlValue {
    @Override
    public String describe() {
      return quoted ? "the text \"" + text + "\"" : text.isEmpty() ? "empty" : text;
    }

    boolean isEmpty() {
      return !quoted && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }
  }

  /** A list of values. */
  record Sequence(int line, List<YamlValue> items) implements YamlValue {
    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Keys with values, in the order of writing. */
  record Mapping(int line, Map<Scalar, YamlValue> entries) implements YamlValue {
    @Override
    public String describe() {
      return "a mapping";
    }
  }
}
