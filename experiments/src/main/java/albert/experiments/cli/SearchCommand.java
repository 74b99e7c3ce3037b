package albert.experiments.cli;

import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.cli.terminal.WorkBar;
import albert.experiments.config.ConfigKey;
import albert.experiments.encoding.Embedder;
import albert.experiments.encoding.EmbeddingCache;
import albert.experiments.search.Passage;
import albert.experiments.search.PassageFile;
import albert.experiments.search.PassageIndex;
import albert.experiments.search.PassageIndex.Found;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.InputLines;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert search}: the passages of a file that are most similar to a text. */
@Command(
    name = "search",
    description =
        "Finds the passages of a file whose embeddings are most similar to that of a query:"
            + " exactly, by cosine. Keeps the embeddings of the passages, so that the next search"
            + " starts at once.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert search --model maven:all-MiniLM-L6-v2 --index passages.txt"
          + " --query \"Who wrote the novel?\"",
      "Unless --precision says otherwise it computes in float32."
    })
final class SearchCommand implements Callable<Integer>, ConfigOptions.User {
  private static final List<String> LINE_KEYS = List.of("text");
  private static final String LINE = "{\"text\": …}";

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--index",
      paramLabel = "FILE",
      required = true,
      description =
          "The passages: a text file with one per line (blank lines do not count), or *.jsonl,"
              + " JSON lines with text and, optionally, id.")
  private Path index;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "What to search for; prints a list to read.")
  private Optional<String> query = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Queries instead: JSON lines with text. Writes a JSON line with results for each;"
              + " other keys are passed through.")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "10",
      description = "Passages to find for each query [${DEFAULT-VALUE}].")
  private int top;

  @Mixin private EmbeddingOptions embedding;

  @Option(
      names = "--json",
      description = "Print one JSON value: an object, or with --input a list of them.")
  private boolean json;

  /** A query, and its line where it has one. */
  private record Query(String text, Optional<JsonLine> line) {
    String place() {
      return line.map(JsonLine::place).orElse("--query");
    }
  }

  @Override
  public List<ConfigKey> configKeys() {
    return EncoderKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    if (top < 1) {
      throw new InputException(
          String.format(Locale.ROOT, "--top is %d, allowed are 1 and more", top));
    }
    if (query.isPresent() == input.isPresent()) {
      throw new InputException(
          query.isPresent()
              ? "--query and --input are both given, allowed is one of them"
              : "there is nothing to search for, needed is --query TEXT or --input FILE");
    }
    List<Passage> passages = PassageFile.read(index);
    List<Query> queries = queries();
    PrintWriter err = spec.commandLine().getErr();
    List<List<Found>> found;
    try (Embedder embedder = embedding.open(model.read(err), spec)) {
      // first what is quick and may be wrong
      FloatTensor asked =
          embedder.embed(
              queries.stream().map(Query::text).toList(),
              i -> queries.get(i).place(),
              new StopSignal(),
              done -> {});
      FloatTensor vectors = vectors(embedder, passages);
      found = new PassageIndex(passages, vectors).search(asked, top);
      EmbeddingOptions.reportCut(embedder, err);
    }
    print(queries, found);
    return 0;
  }

  private List<Query> queries() throws IOException {
    if (query.isPresent()) {
      return List.of(new Query(query.get(), Optional.empty()));
    }
    List<Query> queries = new ArrayList<>();
    try (JsonLines lines = InputLines.open(input.orElseThrow())) {
      for (JsonLine line = lines.next(LINE); line != null; line = lines.next(LINE)) {
        queries.add(new Query(line.text("text"), Optional.of(line)));
      }
    }
    return queries;
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private FloatTensor vectors(Embedder embedder, List<Passage> passages) throws IOException {
    StopSignal stop = new StopSignal();
    IntFunction<String> place =
        i -> String.format(Locale.ROOT, "%s, line %d", index, passages.get(i).line());
    try (Interruption listening =
            new Interruption(stop, spec.commandLine().getErr(), "interrupted; nothing was found");
        WorkBar bar = new WorkBar("passages", passages.size())) {
      return EmbeddingCache.of(System.getenv())
          .embed(embedder, passages.stream().map(Passage::text).toList(), place, stop, bar::stepBy);
    }
  }

  private void print(List<Query> queries, List<List<Found>> found) {
    PrintWriter out = spec.commandLine().getOut();
    StrictJson writer = new StrictJson();
    List<Map<String, Object>> answers = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      List<Found> results = found.get(i);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("results", results.stream().map(SearchCommand::fields).toList());
      answers.add(
          queries
              .get(i)
              .line()
              .map(line -> PredictionLine.of(line.without(LINE_KEYS), answer))
              .orElse(answer));
    }
    if (json) {
      out.print(writer.write(query.isPresent() ? answers.get(0) : answers));
    } else if (input.isPresent()) {
      answers.forEach(answer -> out.println(writer.writeLine(answer)));
    } else {
      found.get(0).forEach(result -> out.println(line(result)));
    }
    out.flush();
  }

  private static Map<String, Object> fields(Found found) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rank", found.rank());
    fields.put("score", found.score());
    fields.put("line", found.passage().line());
    if (found.passage().id() != null) {
      fields.put("id", found.passage().id());
    }
    fields.put("text", found.passage().text());
    return fields;
  }

  /** For a person; control characters of a text do not reach the terminal. */
  private static String line(Found found) {
    String text =
        found
            .passage()
            .text()
            .codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return String.format(
        Locale.ROOT,
        "%3d  %.4f  line %d  %s",
        found.rank(),
        found.score(),
        found.passage().line(),
        text);
  }
}
