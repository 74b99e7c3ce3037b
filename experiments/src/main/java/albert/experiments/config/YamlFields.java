package albert.experiments.config;

import albert.model.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Takes the pieces of one YAML file for what they should be: keys, lists, texts, settings. What is
 * something else is an error that names file, line and, for a slip of the hand, the nearest right
 * name.
 *
 * @param name how messages call the file
 * @param keys the configuration keys that it may set
 */
public record YamlFields(String name, List<ConfigKey> keys) {

  /** With the keys of studies. */
  public YamlFields(String name) {
    this(name, ConfigKeys.all());
  }

  /**
   * Keys with values.
   *
   * @param what how messages call the value
   * @throws ConfigException for a value that has no keys, an unknown key or a value that its key
   *     does not take
   */
  public Settings settings(String what, YamlValue value) {
    return settings(mapping(what, value));
  }

  /** Keys with values; what stands for itself wins over what a section {@code pretrain} reads. */
  public Settings settings(Map<YamlValue.Scalar, YamlValue> entries) {
    List<Setting> settings = new ArrayList<>();
    List<Setting> own = new ArrayList<>();
    entries.forEach(
        (name, value) -> {
          if (PretrainSection.is(name)) {
            settings.addAll(new PretrainSection(this).read(value));
          } else {
            own.add(setting(key(name), value));
          }
        });
    settings.addAll(own);
    return Settings.of(settings);
  }

  /**
   * The configuration key of a name.
   *
   * @throws ConfigException for a name that is none, with the nearest that is one
   */
  public ConfigKey key(YamlValue.Scalar name) {
    return keys.stream()
        .filter(key -> key.name().equals(name.text()))
        .findFirst()
        .orElseThrow(
            () ->
                error(
                    name.text(),
                    name,
                    String.format(
                        Locale.ROOT,
                        "unknown key '%s'%s",
                        name.text(),
                        NearestName.hint(
                            name.text(), keys.stream().map(ConfigKey::name).toList()))));
  }

  /**
   * A key's value, with the line that it stands on. A quoted value is a text.
   *
   * @throws ConfigException for a value that the key does not take
   */
  public Setting setting(ConfigKey key, YamlValue value) {
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

  /**
   * The fields of a section.
   *
   * @param what how messages call the section
   * @param allowed the names that it may have
   * @throws ConfigException for a value that has no keys, or another name
   */
  public Map<String, YamlValue> fields(String what, YamlValue value, List<String> allowed) {
    return mapping(what, value).entrySet().stream()
        .collect(Collectors.toMap(entry -> checked(entry.getKey(), allowed), Map.Entry::getValue));
  }

  private String checked(YamlValue.Scalar key, List<String> allowed) {
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

  YamlValue required(Map<String, YamlValue> fields, String key, YamlValue root) {
    YamlValue value = fields.get(key);
    if (value == null) {
      throw error(key, root, String.format(Locale.ROOT, "%s is missing", key));
    }
    return value;
  }

  /**
   * The entries of a mapping, in the order of the file.
   *
   * @param what how messages call the value
   * @throws ConfigException for a value that is none
   */
  public Map<YamlValue.Scalar, YamlValue> mapping(String what, YamlValue value) {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      throw error(
          what,
          value,
          String.format(
              Locale.ROOT, "%s is %s, allowed are keys with values", what, value.describe()));
    }
    return mapping.entries();
  }

  /**
   * The items of a list.
   *
   * @param what how messages call the value
   * @throws ConfigException for a value that is no list, or an empty one
   */
  public List<YamlValue> items(String what, YamlValue value) {
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

  /**
   * A text that is not blank.
   *
   * @param key how messages call the value
   * @throws ConfigException for anything else, and for a text with a NUL in it
   */
  public String text(String key, YamlValue value) {
    if (!(value instanceof YamlValue.Scalar scalar)
        || scalar.isEmpty()
        || scalar.text().isBlank()) {
      throw error(
          key,
          value,
          String.format(Locale.ROOT, "%s is %s, allowed is a text", key, value.describe()));
    }
    if (scalar.text().indexOf('\0') >= 0) {
      throw error(
          key,
          value,
          String.format(Locale.ROOT, "%s has a NUL in it, allowed is a text without", key));
    }
    return scalar.text();
  }

  private ConfigException located(ConfigException e, YamlValue value) {
    return error(e.key(), value, Objects.requireNonNullElse(e.getMessage(), ""));
  }

  /** What is wrong with a value, under the file's name and the value's line. */
  public ConfigException error(String key, YamlValue value, String problem) {
    return new ConfigException(
        key, String.format(Locale.ROOT, "%s in %s, line %d", problem, name, value.line()));
  }
}
