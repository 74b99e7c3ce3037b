package albert.experiments.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --data}, and where data sets lie without it. */
final class DataOption {

  private static final String VARIABLE = "ALBERT_DATA";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the data sets or of a single task, or a file for --task csv [ALBERT_DATA,"
              + " else ~/.cache/albert/data].")
  private Optional<Path> data = Optional.empty();

  /** The folder or file, which need not exist. */
  Path folder() {
    return folder(System.getenv());
  }

  Path folder(Map<String, String> environment) {
    return data.or(
            () ->
                Optional.ofNullable(environment.get(VARIABLE))
                    .filter(name -> !name.isBlank())
                    .map(Path::of))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "albert", "data"));
  }
}
