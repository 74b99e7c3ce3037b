package albert.experiments.cli;

import albert.datasets.batch.FeatureCache;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.clean.CacheCleaning;
import albert.experiments.clean.Removable;
import albert.experiments.clean.StudyCleaning;
import albert.experiments.config.Keep;
import albert.experiments.encoding.EmbeddingCache;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert clean}: frees what runs, studies and caches no longer need. */
@Command(
    name = "clean",
    description =
        "Lists what can be deleted, with sizes and with what later commands will miss, asks, and"
            + " deletes it: optimizer states of runs that are over, and files that killed"
            + " processes left; with --keep also weights, and what finished studies started from."
            + " Records, metrics and predictions stay, and so does every file of a run that is"
            + " not over.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert clean runs --keep none --dry-run"})
final class CleanCommand implements Callable<Integer> {

  /** Weights that stay. */
  enum Kept {
    /** Of each run those that are best on dev, or its only ones. */
    best,
    /** None. */
    none
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "runs",
      description = "Folder of the runs, of one study, or of one run [${DEFAULT-VALUE}].")
  private Path folder;

  @Option(names = "--study", paramLabel = "S", description = "Only this study.")
  private Optional<String> study = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "best|none",
      description =
          "Keep only the weights of each run that are best on dev, or no weights. What finished"
              + " studies started from is deleted too [all weights stay].")
  private Optional<Kept> keep = Optional.empty();

  @Option(
      names = "--caches",
      description = "Also delete cached features and embeddings, and unfinished downloads.")
  private boolean caches;

  @Mixin private DataOption data;

  @Option(names = "--dry-run", description = "Delete nothing; list what can be deleted.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--json",
      description = "Print one JSON object: what can be deleted, and the bytes that were freed.")
  private boolean json;

  private record Item(String kind, String folder, long bytes, String missed) {}

  private record Summary(List<Item> removable, long bytes, long freed) {}

  @Override
  public Integer call() throws IOException {
    List<Removable> removable = find();
    PrintWriter out = spec.commandLine().getOut();
    long bytes = removable.stream().mapToLong(Removable::bytes).sum();
    if (!json) {
      CleanTable.print(removable, out);
      out.flush();
    }
    long freed = dryRun || removable.isEmpty() || !agreed(bytes) ? 0 : free(removable);
    if (json) {
      out.print(new StrictJson().write(new Summary(items(removable), bytes, freed)));
    } else if (freed > 0) {
      out.printf(Locale.ROOT, "freed %s%n", CleanTable.size(freed));
    }
    out.flush();
    return 0;
  }

  private List<Removable> find() throws IOException {
    List<Removable> removable = new ArrayList<>();
    Optional<Keep> stays = keep.map(kept -> kept == Kept.best ? Keep.BEST : Keep.NONE);
    for (Path one : studies()) {
      StudyCleaning.Found found = found(new StudyCleaning(one, stays));
      removable.addAll(found.removable());
      if (found.running() > 0) {
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "albert: left alone in %s: %d runs that a process is working on%n",
                one,
                found.running());
      }
    }
    if (caches) {
      removable.addAll(
          new CacheCleaning(
                  FeatureCache.of(System.getenv()),
                  EmbeddingCache.of(System.getenv()),
                  data.folder(),
                  Clock.systemUTC())
              .find());
    }
    return removable;
  }

  private static StudyCleaning.Found found(StudyCleaning cleaning) throws IOException {
    try {
      return cleaning.find();
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private List<Path> studies() throws IOException {
    if (caches && study.isEmpty() && !Files.exists(folder)) {
      return List.of(); // of the caches alone
    }
    Path of = study.isPresent() ? folder.resolve(study.get()) : folder;
    return StudyFolders.in(of);
  }

  @SuppressWarnings("SystemConsoleNull") // of Java 17 to 21; later ones read the end of the input
  private boolean agreed(long bytes) {
    if (yes) {
      return true;
    }
    Console terminal = json ? null : System.console();
    String answer =
        terminal == null ? null : terminal.readLine("free %s? [y/N] ", CleanTable.size(bytes));
    if (answer == null) {
      throw new InputException(
          "nothing was deleted: there is no terminal to ask on; --yes deletes, --dry-run lists");
    }
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  private long free(List<Removable> removable) throws IOException {
    long freed = 0;
    for (Removable one : removable) {
      if (one.free()) {
        freed += one.bytes();
      } else {
        spec.commandLine()
            .getErr()
            .printf(Locale.ROOT, "albert: left alone: a process is working on %s%n", one.folder());
      }
    }
    return freed;
  }

  private static List<Item> items(List<Removable> removable) {
    return removable.stream()
        .map(
            one ->
                new Item(
                    one.kind().name().toLowerCase(Locale.ROOT),
                    one.lock().map(run -> run.path()).orElse(one.folder()).toString(),
                    one.bytes(),
                    one.kind().missed()))
        .toList();
  }
}
