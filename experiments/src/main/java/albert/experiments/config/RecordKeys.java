package albert.experiments.config;

import albert.model.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one record: one a component, in its order. A component may be an int, a double, a
 * boolean, an enum or a String, which is empty where it is not given.
 */
final class RecordKeys<R extends Record> {

  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final Class<R> type;
  private final List<RecordComponent> components;

  RecordKeys(Class<R> type) {
    this.type = type;
    this.components = List.of(type.getRecordComponents());
  }

  List<ConfigKey> keys(ConfigKey.Section section, R defaults, Map<String, String> help) {
    Map<String, Object> values = values(defaults);
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : components) {
      String name = key(component);
      keys.add(
          new ConfigKey(
              name,
              section,
              kind(component.getType()),
              allowed(component.getType()),
              String.valueOf(values.get(name)),
              help.getOrDefault(name, "")));
    }
    return keys;
  }

  /** The record's values by key: Integer, Double, Boolean or, for an enum, String. */
  Map<String, Object> values(R record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      Object value = read(component, record);
      values.put(key(component), value instanceof Enum<?> word ? word(word) : value);
    }
    return values;
  }

  /**
   * A copy with some values replaced, checked by the record's own constructor.
   *
   * @throws ConfigException as the record's constructor throws it
   */
  R with(R record, Map<String, Object> values) {
    Object[] arguments =
        components.stream()
            .map(component -> argument(component, values.get(key(component)), record))
            .toArray();
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException problem) {
        throw problem;
      }
      throw new IllegalStateException(type + " can't be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }

  private static Object argument(
      RecordComponent component, @Nullable Object value, Record otherwise) {
    if (value == null) {
      return read(component, otherwise);
    }
    return component.getType().isEnum() ? constant(component.getType(), (String) value) : value;
  }

  private static Object constant(Class<?> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word((Enum<?>) constant).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word + " is none of " + type));
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " can't be read", e);
    }
  }

  private static ConfigKey.Kind kind(Class<?> type) {
    if (type == int.class) {
      return ConfigKey.Kind.INTEGER;
    }
    if (type == double.class) {
      return ConfigKey.Kind.NUMBER;
    }
    if (type == boolean.class) {
      return ConfigKey.Kind.BOOLEAN;
    }
    if (type.isEnum()) {
      return ConfigKey.Kind.CHOICE;
    }
    if (type == String.class) {
      return ConfigKey.Kind.TEXT;
    }
    throw new IllegalStateException("a configuration key can't be a " + type);
  }

  private static List<String> allowed(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(c -> word((Enum<?>) c)).toList()
        : List.of();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String key(RecordComponent component) {
    return HUMP.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
