package albert.experiments.cli;

import albert.datasets.download.DataDownload;
import albert.datasets.download.PublicSource;
import albert.datasets.download.PublicSources;
import albert.datasets.download.RemoteFile;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.cli.terminal.DownloadProgress;
import albert.experiments.config.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert data}: where public data sets come from, and getting them. */
@Command(
    name = "data",
    description = "Lists public data sets with their sources and licences, and downloads them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    subcommands = {DataCommand.ListCommand.class, DataCommand.GetCommand.class},
    footer = {"", "Example: ./albert data get cola --to ~/.cache/albert/data"})
final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a command: lists the commands. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code albert data list}. */
  @Command(
      name = "list",
      description = "Lists the data sets: source, licence, size, and SHA-256 if it is known.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = {"", "Example: ./albert data list --json"})
  static final class ListCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON list.")
    private boolean json;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.print(new StrictJson().write(PublicSources.all()));
      } else {
        PublicSources.all().forEach(source -> print(source, out));
      }
      out.flush();
    }

    private static void print(PublicSource source, PrintWriter out) {
      out.printf(
          Locale.ROOT, "%s: %s; licence: %s%n", source.task(), source.title(), source.licence());
      for (RemoteFile file : source.files()) {
        String size =
            file.bytes() < 0
                ? "size not known"
                : String.format(Locale.ROOT, "%,d bytes", file.bytes());
        out.printf(
            Locale.ROOT,
            "  %s (%s, SHA-256 %s)%n",
            file.uri(),
            size,
            file.sha256() == null ? "that of the first download" : file.sha256());
      }
      if (!source.advice().isEmpty()) {
        out.printf(Locale.ROOT, "  by hand: %s%n", source.advice());
      }
    }
  }

  /** {@code albert data get}. */
  @Command(
      name = "get",
      description =
          "Downloads a task's data, or ALBERT's vocabulary (albert-vocab), and checks it. A"
              + " broken download continues where it broke off.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      versionProvider = Version.class,
      footer = {"", "Example: ./albert data get cola --to data"})
  static final class GetCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "A name of `albert data list`.")
    private String task;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        required = true,
        description = "Folder of all data sets; the set gets its own folder in it.")
    private Path to;

    @Override
    public Integer call() throws IOException {
      PublicSource source =
          PublicSources.byTask(task)
              .orElseThrow(
                  () ->
                      new InputException(
                          String.format(
                              Locale.ROOT,
                              "no public data set is called '%s'%s, allowed are %s",
                              task,
                              NearestName.hint(task, known()),
                              String.join(", ", known()))));
      if (source.files().isEmpty()) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s can't be downloaded by a program (%s): %s",
                source.title(),
                source.licence(),
                source.advice()));
      }
      OutputPath.requireFolder("--to", to);
      try (DownloadProgress progress = new DownloadProgress()) {
        int downloaded = new DataDownload(to, progress).get(source);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
            Locale.ROOT,
            "%s is in %s (%s); licence: %s%n",
            source.title(),
            to.resolve(source.files().get(0).folder()),
            downloaded == 0 ? "it was there" : downloaded + " downloaded",
            source.licence());
        out.flush();
      }
      return 0;
    }

    private static List<String> known() {
      return PublicSources.all().stream().map(PublicSource::task).toList();
    }
  }
}
