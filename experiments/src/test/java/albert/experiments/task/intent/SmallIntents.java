package albert.experiments.task.intent;

import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small data of intents that follows a rule, and a small model that learns it. */
public final class SmallIntents {
  private static final List<String> PLACES = List.of("paris", "london", "rome", "berlin");
  private static final List<String> SONGS = List.of("thriller", "yesterday", "imagine", "hurt");

  private SmallIntents() {}

  /** Twenty-four sentences a part, some longer than a sequence; two intents, a slot each. */
  public static void writeJoint(Path data) throws IOException {
    StringBuilder words = new StringBuilder();
    StringBuilder tags = new StringBuilder();
    StringBuilder intents = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      boolean fly = i % 2 == 0;
      words.append(fly ? "fly to new " + PLACES.get(i / 2 % 4) : "play " + SONGS.get(i / 2 % 4));
      tags.append(fly ? "O O B-city I-city" : "O B-song");
      for (int word = 0; word < i % 5 * 4; word++) {
        words.append(" please");
        tags.append(" O");
      }
      words.append('\n');
      tags.append(" \n");
      intents.append(fly ? "travel#book\n" : "music\n");
    }
    for (String part : List.of("train", "dev", "test")) {
      Path folder = Files.createDirectories(data.resolve("intent/snips").resolve(part));
      Files.writeString(folder.resolve("seq.in"), words);
      Files.writeString(folder.resolve("seq.out"), tags);
      Files.writeString(folder.resolve("label"), intents);
    }
  }

  /** Two intents, told by a word each, and queries without either. */
  public static Path writeClinc(Path data) throws IOException {
    Path file = Files.createDirectories(data.resolve("intent/clinc150")).resolve("data_full.json");
    List<String> lists = new ArrayList<>();
    for (String part : List.of("train", "val", "test")) {
      List<String> in = new ArrayList<>();
      List<String> out = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        in.add(query("fly to " + PLACES.get(i % 4), "travel"));
        in.add(query("play " + SONGS.get(i % 4), "music"));
        out.add(query("why are " + i + " onions " + (i % 2 == 0 ? "red" : "round"), "oos"));
      }
      lists.add("\"" + part + "\": [" + String.join(",\n", in) + "]");
      lists.add("\"oos_" + part + "\": [" + String.join(",\n", out) + "]");
    }
    return Files.writeString(file, "{" + String.join(",\n", lists) + "}");
  }

  private static String query(String text, String intent) {
    return "[\"" + text + "\", \"" + intent + "\"]";
  }

  /** Trains a small model. */
  static Cli finetune(String task, Path data, Path output, int steps, String... more) {
    return TaskCommands.finetune(task, data, output, 12, steps, more);
  }
}
