package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.config.NearestName;
import albert.model.io.GoogleDirectory;
import albert.model.io.HuggingFaceDirectory;
import albert.model.io.LoadedModel;
import albert.model.runtime.SavedModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert convert}: a model to the files of another program. */
@Command(
    name = "convert",
    description =
        "Writes a model as files that transformers (hf), Google's code (tf-checkpoint) or"
            + " TensorFlow (saved-model) load. Tells you what a format can't express and how it"
            + " was written instead.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert convert --model maven:all-MiniLM-L6-v2 --to saved-model --output minilm"
    })
final class ConvertCommand implements Callable<Integer> {

  private static final List<String> FORMATS = List.of("hf", "tf-checkpoint", "saved-model");

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--to",
      paramLabel = "hf|tf-checkpoint|saved-model",
      required = true,
      description = "The format to write.")
  private String to;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files; it must be new or empty.")
  private Path output;

  @Option(names = "--json", description = "Print one JSON object: output, format and notes.")
  private boolean json;

  private record Summary(String model, String format, String output, List<String> notes) {}

  /** Writes a model into a folder. */
  private interface Writer {
    List<String> write(Path folder, LoadedModel model) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Writer writer = writer();
    NewFolder.require("--output", output);
    PrintWriter err = spec.commandLine().getErr();
    LoadedModel read = model.read(err).model();
    List<String> notes =
        NewFolder.write(
            "--output",
            output,
            folder -> {
              List<String> all = new ArrayList<>(writer.write(folder, read));
              Path beside = to.equals("saved-model") ? folder.resolve("assets.extra") : folder;
              all.addAll(ConvertedTokenizer.complete(read.tokenizerFile(), beside, to));
              return all;
            });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(new Summary(model.name(), to, output.toString(), notes)));
    } else {
      notes.forEach(note -> err.println("albert: " + note));
      err.flush();
      out.println(output);
    }
    out.flush();
    return 0;
  }

  private Writer writer() {
    return switch (to) {
      case "hf" -> HuggingFaceDirectory::write;
      case "tf-checkpoint" -> GoogleDirectory::write;
      case "saved-model" ->
          (folder, read) -> {
            SavedModels.write(folder, read);
            return List.of();
          };
      default ->
          throw new InputException(
              String.format(
                  Locale.ROOT,
                  "--to is '%s'%s, allowed are %s",
                  to,
                  NearestName.hint(to, FORMATS),
                  String.join(", ", FORMATS)));
    };
  }
}
