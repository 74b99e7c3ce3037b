package albert.experiments.cli;

import albert.experiments.InputException;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.TaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that are configuration keys, made from the registry. */
final class ConfigOptions {

  /** A command that takes configuration keys as options. */
  interface User {
    /** The keys it takes. */
    List<ConfigKey> configKeys();
  }

  private ConfigOptions() {}

  /** Adds an option for each key, a heading for each section. */
  static void add(CommandSpec command, List<ConfigKey> keys) {
    int order = 0;
    for (ConfigKey.Section section : ConfigKey.Section.values()) {
      List<ConfigKey> members = keys.stream().filter(key -> key.section() == section).toList();
      if (!members.isEmpty()) {
        ArgGroupSpec.Builder group =
            ArgGroupSpec.builder()
                .heading("%n" + heading(section) + ":%n")
                .order(order++)
                .validate(false);
        members.forEach(key -> group.addArg(option(key)));
        command.addArgGroup(group.build());
      }
    }
  }

  private static String heading(ConfigKey.Section section) {
    return switch (section) {
      case RUN -> "What";
      case ARCHITECTURE -> "Architecture";
      case PRETRAINING -> "Pretraining before the run";
      case COMPRESSION -> "Compression of a checkpoint";
      case TASK ->
          TaskKinds.all().stream()
              .filter(kind -> kind.keysType().getRecordComponents().length > 0)
              .map(TaskKind::title)
              .collect(Collectors.joining(", "));
      case TRAINING -> "Training";
    };
  }

  /**
   * The keys that were given as options.
   *
   * @throws albert.model.config.ConfigException if one has a value that is not of its type
   */
  static Settings given(ParseResult parsed, Collection<ConfigKey> keys) {
    List<Setting> settings = new ArrayList<>();
    for (ConfigKey key : keys) {
      for (OptionSpec option : parsed.matchedOptions()) {
        if (option.longestName().equals(key.option())) {
          settings.add(setting(key, option.getValue()));
        }
      }
    }
    Set<ConfigKey> seen = new HashSet<>();
    for (Setting setting : settings) {
      if (!seen.add(setting.key())) {
        throw new InputException(
            String.format(
                Locale.ROOT, "option %s should be specified only once", setting.key().option()));
      }
    }
    return Settings.of(settings);
  }

  private static Setting setting(ConfigKey key, String text) {
    Settings place = Settings.of(List.of(new Setting(key, text, "option " + key.option())));
    return new Setting(key, place.locating(() -> key.parse(text)), "option " + key.option());
  }

  private static OptionSpec option(ConfigKey key) {
    String values = key.allowed().isEmpty() ? "" : " (" + String.join(", ", key.allowed()) + ")";
    String otherwise = key.defaultText().isEmpty() ? "" : " [" + key.defaultText() + "]";
    OptionSpec.Builder builder = OptionSpec.builder(key.option());
    if (key.kind() == ConfigKey.Kind.BOOLEAN) {
      builder.arity("0..1").fallbackValue("true");
    }
    return builder
        .type(String.class)
        .paramLabel(label(key))
        .description((key.help() + values + otherwise).replace("%", "%%"))
        .build();
  }

  private static String label(ConfigKey key) {
    return switch (key.kind()) {
      case INTEGER -> "N";
      case NUMBER -> "X";
      case BOOLEAN -> "true|false";
      case CHOICE, TEXT -> key.name().toUpperCase(Locale.ROOT);
    };
  }
}
