package albert.experiments.study;

import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.NearestName;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.config.YamlFields;
import albert.experiments.config.YamlValue;
import albert.experiments.study.Study.Axis;
import albert.experiments.study.Study.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads {@code vary} and {@code baseline}. What varies is a key with a list of values; or a name
 * with a list of settings that change together, each with a {@code name} of its own; or {@code
 * vary} is such a list itself:
 *
 * <pre>{@code
 * vary:
 *   sharing: [none, all]
 *   size:
 *     - {name: small, hidden_size: 256, num_attention_heads: 4}
 *     - {name: large, hidden_size: 512, num_attention_heads: 8}
 * baseline: {sharing: none, size: small}
 *
 * vary:
 *   - {name: BERT, preset: mini-bert}
 *   - {name: ALBERT, preset: mini-albert}
 * baseline: BERT
 * }</pre>
 *
 * @param fields the file
 */
record VaryReader(YamlFields fields) {

  private static final String VARY = "vary";
  private static final String BASELINE = "baseline";
  private static final String NAME = "name";

  List<Axis> axes(YamlValue vary) {
    if (vary instanceof YamlValue.Sequence) {
      return List.of(new Axis("", named(VARY, vary)));
    }
    List<Axis> axes = new ArrayList<>();
    Map<String, String> setBy = new HashMap<>();
    for (Map.Entry<YamlValue.Scalar, YamlValue> entry : fields.mapping(VARY, vary).entrySet()) {
      Axis axis = axis(entry.getKey(), entry.getValue());
      for (String key : axis.keys()) {
        String before = setBy.put(key, axis.name());
        if (before != null) {
          throw fields.error(
              key,
              entry.getKey(),
              String.format(Locale.ROOT, "%s varies in %s and in %s", key, before, axis.name()));
        }
      }
      axes.add(axis);
    }
    return axes;
  }

  private Axis axis(YamlValue.Scalar name, YamlValue value) {
    boolean together =
        value instanceof YamlValue.Sequence sequence
            && !sequence.items().isEmpty()
            && sequence.items().stream().allMatch(YamlValue.Mapping.class::isInstance);
    return together
        ? new Axis(name.text(), named(name.text(), value))
        : new Axis(name.text(), values(fields.key(name), value));
  }

  private List<Choice> values(ConfigKey key, YamlValue value) {
    List<Choice> choices = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (YamlValue item : fields.items(key.name(), value)) {
      Setting setting = fields.setting(key, item);
      if (!seen.add(setting.value())) {
        throw fields.error(
            key.name(), value, String.format(Locale.ROOT, "vary has %s twice", setting.label()));
      }
      choices.add(new Choice("", Settings.of(List.of(setting))));
    }
    return choices;
  }

  private List<Choice> named(String what, YamlValue value) {
    List<Choice> choices = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : fields.items(what, value)) {
      Map<YamlValue.Scalar, YamlValue> entries = new LinkedHashMap<>(fields.mapping(what, item));
      String name = "";
      for (YamlValue.Scalar key : List.copyOf(entries.keySet())) {
        if (key.text().equals(NAME)) {
          name = fields.text(NAME, Objects.requireNonNull(entries.remove(key)));
        }
      }
      Settings settings = fields.settings(entries);
      if (name.isEmpty()) {
        throw fields.error(NAME, item, "a choice of " + what + " has no name");
      }
      if (settings.all().isEmpty()) {
        throw fields.error(
            what, item, String.format(Locale.ROOT, "choice %s of %s sets nothing", name, what));
      }
      if (!names.add(name)) {
        throw fields.error(
            NAME, item, String.format(Locale.ROOT, "%s has two choices called %s", what, name));
      }
      choices.add(new Choice(name, settings));
    }
    return choices;
  }

  /** The settings of the baseline's choices. */
  Settings baseline(YamlValue value, List<Axis> axes) {
    if (value instanceof YamlValue.Scalar name
        && axes.size() == 1
        && axes.get(0).name().isEmpty()) {
      return choice(axes.get(0), name).settings();
    }
    Map<String, Axis> byName = new HashMap<>();
    axes.forEach(axis -> byName.put(axis.name(), axis));
    Settings baseline = Settings.NONE;
    for (Map.Entry<YamlValue.Scalar, YamlValue> entry :
        fields.mapping(BASELINE, value).entrySet()) {
      Axis axis = byName.remove(entry.getKey().text());
      if (axis == null) {
        throw fields.error(
            BASELINE,
            value,
            String.format(
                Locale.ROOT,
                "baseline has %s, which vary has not%s",
                entry.getKey().text(),
                NearestName.hint(entry.getKey().text(), byName.keySet())));
      }
      baseline = baseline.plus(choice(axis, entry.getKey(), entry.getValue()).settings());
    }
    for (Axis axis : axes) {
      if (byName.containsKey(axis.name()) && !axis.name().equals(ConfigKeys.TASK)) {
        throw fields.error(BASELINE, value, "baseline has no " + axis.name() + ", which vary has");
      }
    }
    return baseline;
  }

  private Choice choice(Axis axis, YamlValue.Scalar name, YamlValue value) {
    if (!axis.isKey()) {
      return choice(axis, value);
    }
    Setting setting = fields.setting(fields.key(name), value);
    return axis.choices().stream()
        .filter(choice -> choice.settings().all().get(0).value().equals(setting.value()))
        .findFirst()
        .orElseThrow(
            () ->
                fields.error(
                    BASELINE,
                    value,
                    String.format(
                        Locale.ROOT, "baseline has %s, which vary has not", setting.label())));
  }

  private Choice choice(Axis axis, YamlValue value) {
    String name = fields.text(BASELINE, value);
    List<String> names = axis.choices().stream().map(Choice::name).toList();
    return axis.choices().stream()
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                fields.error(
                    BASELINE,
                    value,
                    String.format(
                        Locale.ROOT,
                        "baseline has %s, which vary has not%s",
                        name,
                        NearestName.hint(name, names))));
  }
}
