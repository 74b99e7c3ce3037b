package albert.experiments.config;

import albert.model.config.ConfigException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What someone set, at most once a key, in the order of writing. */
public final class Settings {

  /** Nothing set. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<String, Setting> byName;

  private Settings(Map<String, Setting> byName) {
    this.byName = byName;
  }

  /** Collects settings; a later one of the same key wins. */
  public static Settings of(Collection<Setting> settings) {
    Map<String, Setting> byName = new LinkedHashMap<>();
    settings.forEach(setting -> byName.put(setting.key().name(), setting));
    return new Settings(byName);
  }

  /** These settings, with others in place of those of the same key. */
  public Settings plus(Settings others) {
    Map<String, Setting> both = new LinkedHashMap<>(byName);
    both.putAll(others.byName);
    return new Settings(both);
  }

  /** These settings without a key. */
  public Settings without(String name) {
    Map<String, Setting> others = new LinkedHashMap<>(byName);
    others.remove(name);
    return new Settings(others);
  }

  /** All, in the order of writing. */
  public List<Setting> all() {
    return List.copyOf(byName.values());
  }

  /** The setting of one key. */
  public Optional<Setting> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether a key was set. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The values by name. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    byName.forEach((name, setting) -> values.put(name, setting.value()));
    return values;
  }

  /** The values of one section by name. */
  Map<String, Object> values(ConfigKey.Section section) {
    Map<String, Object> values = values();
    values.keySet().removeIf(name -> find(name).orElseThrow().key().section() != section);
    return values;
  }

  /** {@code sharing=all, embedding_size=128}. */
  public String label() {
    return byName.values().stream().map(Setting::label).collect(Collectors.joining(", "));
  }

  /**
   * Does something with these settings, and adds to its complaint the place to change.
   *
   * @throws ConfigException as {@code work} throws it, with the place where the key was set
   */
  public <T> T locating(Supplier<T> work) {
    try {
      return work.get();
    } catch (ConfigException e) {
      throw new ConfigException(e.key(), e.getMessage() + place(e));
    }
  }

  /** The place of the key itself, else of one that the message names: H is wrong for a given A. */
  private String place(ConfigException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    return find(e.key())
        .or(() -> all().stream().filter(s -> message.contains(s.key().name())).findFirst())
        .map(setting -> " in " + setting.where())
        .orElse("");
  }
}
