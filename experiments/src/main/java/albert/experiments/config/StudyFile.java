package albert.experiments.config;

import albert.model.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a study. Unknown, missing and repeated keys and values of a wrong type are errors that name
 * file, line and, for a slip of the hand, the nearest right name.
 */
public final class StudyFile {

  private static final List<String> KEYS =
      List.of("study", "question", "base", "vary", "baseline", "seeds", "init_seeds", "data_seeds");
  private static final Pattern STUDY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SEED = Pattern.compile("[0-9]{1,9}");

  private final String name;

  private StudyFile(String name) {
    this.name = name;
  }

  /**
   * Reads a study from a file.
   *
   * @throws ConfigException with file and line
   */
  public static Study read(Path file) {
    return new StudyFile(file.toString()).study(YamlFile.read(file));
  }

  /**
   * Reads a study from a text.
   *
   * @param name how messages call it
   * @throws ConfigException with name and line
   */
  public static Study parse(String text, String name) {
    return new StudyFile(name).study(YamlFile.parse(text, name));
  }

  /**
   * Reads a file of configuration keys alone, such as {@code params --config} takes.
   *
   * @throws ConfigException with file and line
   */
  public static Settings readSettings(Path file) {
    StudyFile reader = new StudyFile(file.toString());
    return reader.settings("the file", YamlFile.read(file));
  }

  private Study study(YamlValue root) {
    Map<String, YamlValue> fields = fields("a study", root, KEYS);
    for (String key : List.of("study", "question", "base")) {
      required(fields, key, root);
    }
    Settings base = settings("base", required(fields, "base", root));
    List<Study.Axis> axes = axes(fields.get("vary"));
    return new Study(
        studyName(required(fields, "study", root)),
        text("question", required(fields, "question", root)),
        base,
        axes,
        Optional.ofNullable(fields.get("baseline")).map(value -> baseline(value, axes)),
        seeds(fields, root),
        name);
  }

  private String studyName(YamlValue value) {
    String text = text("study", value);
    if (!STUDY_NAME.matcher(text).matches()) {
      throw error(
          "study",
          value,
          String.format(
              Locale.ROOT,
              "study is '%s', allowed are up to 64 letters, digits, '.', '_' and '-'",
              text));
    }
    return text;
  }

  private List<Study.Axis> axes(@Nullable YamlValue vary) {
    if (vary == null) {
      return List.of();
    }
    List<Study.Axis> axes = new ArrayList<>();
    for (Map.Entry<YamlValue.Scalar, YamlValue> entry : mapping("vary", vary).entrySet()) {
      ConfigKey key = key(entry.getKey());
      List<Setting> values =
          items(key.name(), entry.getValue()).stream().map(item -> setting(key, item)).toList();
      Set<Object> seen = new HashSet<>();
      for (int i = 0; i < values.size(); i++) {
        if (!seen.add(values.get(i).value())) {
          throw error(
              key.name(),
              entry.getValue(),
              String.format(Locale.ROOT, "vary has %s twice", values.get(i).label()));
        }
      }
      axes.add(new Study.Axis(key, values));
    }
    return axes;
  }

  private Settings baseline(YamlValue value, List<Study.Axis> axes) {
    Settings baseline = settings("baseline", value);
    Map<String, Study.Axis> byName =
        axes.stream().collect(Collectors.toMap(axis -> axis.key().name(), axis -> axis));
    for (Setting setting : baseline.all()) {
      Study.Axis axis = byName.get(setting.key().name());
      if (axis == null) {
        throw error(
            "baseline",
            value,
            String.format(
                Locale.ROOT, "baseline has %s, which vary has not", setting.key().name()));
      }
      if (axis.values().stream().noneMatch(v -> v.value().equals(setting.value()))) {
        throw error(
            "baseline",
            value,
            String.format(Locale.ROOT, "baseline has %s, which vary has not", setting.label()));
      }
    }
    for (Study.Axis axis : axes) {
      if (!baseline.has(axis.key().name())) {
        throw error("baseline", value, "baseline has no " + axis.key().name() + ", which vary has");
      }
    }
    return baseline;
  }

  private List<RunSeeds> seeds(Map<String, YamlValue> fields, YamlValue root) {
    boolean two = fields.containsKey("init_seeds") || fields.containsKey("data_seeds");
    if (fields.containsKey("seeds")) {
      if (two) {
        throw error(
            "seeds", fields.get("seeds"), "give seeds, or init_seeds and data_seeds, not both");
      }
      return seedList("seeds", fields.get("seeds")).stream()
          .map(seed -> new RunSeeds(seed, seed))
          .toList();
    }
    if (!two) {
      required(fields, "seeds", root);
    }
    List<Long> data = seedList("data_seeds", required(fields, "data_seeds", root));
    return seedList("init_seeds", required(fields, "init_seeds", root)).stream()
        .flatMap(init -> data.stream().map(d -> new RunSeeds(init, d)))
        .toList();
  }

  private List<Long> seedList(String key, YamlValue value) {
    List<Long> seeds = new ArrayList<>();
    for (YamlValue item : items(key, value)) {
      if (!(item instanceof YamlValue.Scalar scalar)
          || scalar.quoted()
          || !SEED.matcher(scalar.text()).matches()) {
        throw error(
            key,
            item,
            String.format(
                Locale.ROOT, "%s has %s, allowed are whole numbers from 0", key, item.describe()));
      }
      long seed = Long.parseLong(scalar.text());
      if (seeds.contains(seed)) {
        throw error(key, item, String.format(Locale.ROOT, "%s has %d twice", key, seed));
      }
      seeds.add(seed);
    }
    return seeds;
  }

  private Settings settings(String what, YamlValue value) {
    return Settings.of(
        mapping(what, value).entrySet().stream()
            .map(entry -> setting(key(entry.getKey()), entry.getValue()))
            .toList());
  }

  private ConfigKey key(YamlValue.Scalar name) {
    return ConfigKeys.find(name.text())
        .orElseThrow(
            () ->
                error(
                    name.text(),
                    name,
                    String.format(
                        Locale.ROOT,
                        "unknown key '%s'%s",
                        name.text(),
                        NearestName.hint(name.text(), ConfigKeys.names()))));
  }

  private Setting setting(ConfigKey key, YamlValue value) {
    if (!(value instanceof YamlValue.Scalar scalar)
        || scalar.isEmpty()
        || (scalar.quoted() && !takesText(key))) {
      throw located(key.wrongType(value.describe()), value);
    }
    try {
      return new Setting(
          key,
          key.parse(scalar.text()),
          String.format(Locale.ROOT, "%s, line %d", name, value.line()));
    } catch (ConfigException e) {
      throw located(e, value);
    }
  }

  private static boolean takesText(ConfigKey key) {
    return key.kind() == ConfigKey.Kind.TEXT || key.kind() == ConfigKey.Kind.CHOICE;
  }

  private Map<String, YamlValue> fields(String what, YamlValue value, List<String> allowed) {
    return mapping(what, value).entrySet().stream()
        .collect(Collectors.toMap(entry -> checked(entry.getKey(), allowed), Map.Entry::getValue));
  }

  private String checked(YamlValue.Scalar key, List<String> allowed) {
    if (key.text().equals("extends")) {
      throw error("extends", key, "extends is not supported yet");
    }
    if (!allowed.contains(key.text())) {
      throw error(
          key.text(),
          key,
          String.format(
              Locale.ROOT,
              "unknown key '%s'%s",
              key.text(),
              NearestName.hint(key.text(), allowed)));
    }
    return key.text();
  }

  private YamlValue required(Map<String, YamlValue> fields, String key, YamlValue root) {
    YamlValue value = fields.get(key);
    if (value == null) {
      throw error(key, root, String.format(Locale.ROOT, "%s is missing", key));
    }
    return value;
  }

  private Map<YamlValue.Scalar, YamlValue> mapping(String what, YamlValue value) {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      throw error(
          what,
          value,
          String.format(
              Locale.ROOT, "%s is %s, allowed are keys with values", what, value.describe()));
    }
    return mapping.entries();
  }

  private List<YamlValue> items(String what, YamlValue value) {
    if (!(value instanceof YamlValue.Sequence sequence) || sequence.items().isEmpty()) {
      throw error(
          what,
          value,
          String.format(
              Locale.ROOT,
              "%s is %s, allowed is a list of at least one value",
              what,
              value instanceof YamlValue.Sequence ? "an empty list" : value.describe()));
    }
    return sequence.items();
  }

  private String text(String key, YamlValue value) {
    if (!(value instanceof YamlValue.Scalar scalar)
        || scalar.isEmpty()
        || scalar.text().isBlank()) {
      throw error(
          key,
          value,
          String.format(Locale.ROOT, "%s is %s, allowed is a text", key, value.describe()));
    }
    return scalar.text();
  }

  private ConfigException located(ConfigException e, YamlValue value) {
    return error(e.key(), value, Objects.requireNonNullElse(e.getMessage(), ""));
  }

  private ConfigException error(String key, YamlValue value, String problem) {
    return new ConfigException(
        key, String.format(Locale.ROOT, "%s in %s, line %d", problem, name, value.line()));
  }
}
