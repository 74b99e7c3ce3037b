package albert.datasets.intent;

import albert.datasets.DataFormatException;
import albert.datasets.text.TextExample;
import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * CLINC150's JSON: an object with six lists of queries, each a list of a text and its intent.
 *
 * @param path where it is
 * @param parts the queries by the name of their list
 */
record ClincFile(Path path, Map<String, List<Query>> parts) {
  static final String OUT_OF_SCOPE = "oos";

  private static final Set<String> NAMES =
      new TreeSet<>(List.of("train", "val", "test", "oos_train", "oos_val", "oos_test"));

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * A query.
   *
   * @param line where it is
   * @param text what was said
   * @param intent what was wanted, or {@value #OUT_OF_SCOPE}
   */
  record Query(long line, String text, String intent) {}

  /**
   * Reads a file.
   *
   * @throws DataFormatException with file and line, if it is malformed
   * @throws UncheckedIOException if it can't be read
   */
  static ClincFile read(Path path) {
    Map<String, List<Query>> parts = new TreeMap<>();
    try (JsonParser json = JSON.createParser(path.toFile())) {
      require(path, json, json.nextToken(), JsonToken.START_OBJECT, "an object of lists");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (!NAMES.contains(name)) {
          throw problem(path, json, "the list '" + name + "' is not known, allowed are " + NAMES);
        }
        parts.put(name, queries(path, json, name));
      }
      require(path, json, json.nextToken(), null, "nothing after the object");
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          path.toString(), JsonProblem.line(e), "it is not JSON: " + JsonProblem.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : NAMES) {
      if (parts.getOrDefault(name, List.of()).isEmpty()) {
        throw new DataFormatException(
            path.toString(), "there is no query in the list '" + name + "', expected are " + NAMES);
      }
    }
    return new ClincFile(path, parts);
  }

  private static List<Query> queries(Path path, JsonParser json, String name) throws IOException {
    List<Query> queries = new ArrayList<>();
    String expected = "a list of queries, each a list of a text and its intent";
    require(path, json, json.nextToken(), JsonToken.START_ARRAY, expected);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long line = json.currentTokenLocation().getLineNr();
      require(path, json, json.currentToken(), JsonToken.START_ARRAY, expected);
      require(path, json, json.nextToken(), JsonToken.VALUE_STRING, expected);
      String text = json.getText();
      require(path, json, json.nextToken(), JsonToken.VALUE_STRING, expected);
      String intent = json.getText();
      requireScope(path, json, name, intent);
      require(path, json, json.nextToken(), JsonToken.END_ARRAY, expected);
      queries.add(new Query(line, text, intent));
    }
    return queries;
  }

  private static void requireScope(Path path, JsonParser json, String name, String intent) {
    boolean isOutOfScope = name.startsWith(OUT_OF_SCOPE);
    if (intent.isBlank() || intent.equals(OUT_OF_SCOPE) != isOutOfScope) {
      throw problem(
          path,
          json,
          String.format(
              Locale.ROOT,
              "the intent of a query in '%s' is '%s', allowed is %s",
              name,
              intent,
              isOutOfScope ? OUT_OF_SCOPE : "the name of one other than " + OUT_OF_SCOPE));
    }
  }

  private static void require(
      Path path,
      JsonParser json,
      @Nullable JsonToken found,
      @Nullable JsonToken needed,
      String expected) {
    if (found != needed) {
      throw problem(path, json, "expected is " + expected);
    }
  }

  private static DataFormatException problem(Path path, JsonParser json, String what) {
    return new DataFormatException(path.toString(), json.currentTokenLocation().getLineNr(), what);
  }

  /**
   * The intents of train, in their order.
   *
   * @throws DataFormatException if there is only one
   */
  List<String> intents() {
    TreeSet<String> intents = new TreeSet<>();
    queries("train").forEach(query -> intents.add(query.intent));
    if (intents.size() == 1) {
      throw new DataFormatException(
          path.toString(), "all queries of train have one intent, so that there is none to learn");
    }
    return List.copyOf(intents);
  }

  /**
   * The queries of lists, one list after the other.
   *
   * @param intents that are in scope
   * @throws DataFormatException with its line, if the intent of a query is none of them
   */
  List<TextExample> examples(List<String> names, List<String> intents) {
    Map<String, Integer> indices = new HashMap<>();
    intents.forEach(intent -> indices.put(intent, indices.size()));
    indices.put(OUT_OF_SCOPE, intents.size());
    List<TextExample> examples = new ArrayList<>();
    for (String name : names) {
      List<Query> queries = queries(name);
      for (int i = 0; i < queries.size(); i++) {
        Query query = queries.get(i);
        Integer label = indices.get(query.intent);
        if (label == null) {
          throw new DataFormatException(
              path.toString(),
              query.line,
              String.format(
                  Locale.ROOT,
                  "a query of '%s' has the intent %s, which train lacks, so that no model can"
                      + " learn it",
                  name,
                  query.intent));
        }
        examples.add(new TextExample(name + "-" + i, query.text, null, label));
      }
    }
    return examples;
  }

  /** The queries of lists: the first of each intent, the second of each, and so on. */
  List<TextExample> byTurns(List<String> names, List<String> intents) {
    List<TextExample> examples = examples(names, intents);
    int[] seen = new int[intents.size() + 1];
    int[] turns = examples.stream().mapToInt(example -> seen[example.labelIndex()]++).toArray();
    return IntStream.range(0, turns.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> turns[i]))
        .<TextExample>map(examples::get)
        .toList();
  }

  private List<Query> queries(String name) {
    return parts.getOrDefault(name, List.of());
  }
}
