package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.metric.BenchmarkAverage;
import albert.evaluation.record.RunStore;
import albert.experiments.forecast.Forecaster;
import albert.experiments.forecast.VariantForecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dry runs of the studies of the paper's tables against the exact numbers of parameters. */
final class PaperStudiesTest {
  private static final Path EXACT =
      Path.of("..", "model", "src", "test", "resources", "exact_parameter_counts.csv");
  private static final Map<String, String> PRESETS =
      Map.of(
          "albert-base", "ALBERT-base",
          "albert-large", "ALBERT-large",
          "albert-xlarge", "ALBERT-xlarge",
          "albert-xxlarge", "ALBERT-xxlarge",
          "bert-base", "BERT-base (V=30000)",
          "bert-large", "BERT-large (V=30000)");

  @TempDir private Path folder;

  @Test
  void table2() throws IOException {
    Map<String, Long> exact = exact();
    assertThat(counts("table-2", "preset"))
        .isEqualTo(
            PRESETS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> exact.get(e.getValue()))));
  }

  @Test
  void table3() throws IOException {
    Map<String, Long> exact = exact();
    Map<String, Long> counts = counts("table-3", "sharing", "embedding_size");
    assertThat(counts).hasSize(8);
    counts.forEach(
        (variant, count) ->
            assertThat(count).as(variant).isEqualTo(exact.get(variant.replace(" ", " E="))));
  }

  @Test
  void table4() throws IOException {
    Map<String, Long> exact = exact();
    Map<String, Long> counts = counts("table-4", "embedding_size", "sharing");
    assertThat(counts).hasSize(8);
    counts.forEach(
        (variant, count) ->
            assertThat(count)
                .as(variant)
                .isEqualTo(exact.get("E=" + variant.replace("attention", "attn"))));
  }

  @Test
  void tables5And7() throws IOException {
    assertThat(counts("table-5", "pretrain_objective").values())
        .hasSize(3)
        .containsOnly(exact().get("ALBERT-base"));
    assertThat(counts("table-7", "pretrain_additional_corpus").values())
        .hasSize(2)
        .containsOnly(exact().get("ALBERT-base"));
  }

  @Test
  void tables6And8() throws IOException {
    assertThat(counts("table-6", "preset"))
        .isEqualTo(
            Map.of(
                "bert-large", exact().get("BERT-large (V=30000)"),
                "albert-xxlarge", exact().get("ALBERT-xxlarge")));
    assertThat(counts("table-8", "pretrain_hidden_dropout_prob").values())
        .hasSize(2)
        .containsOnly(exact().get("ALBERT-xxlarge"));
  }

  @Test
  void tables11To13() throws IOException {
    Map<String, Long> exact = exact();
    assertThat(counts("table-11", "num_hidden_layers").values())
        .hasSize(6)
        .containsOnly(exact.get("ALBERT-large"));
    Map<String, Long> twelfth = counts("table-12", "hidden_size");
    assertThat(twelfth).hasSize(4);
    twelfth.forEach(
        (variant, count) -> assertThat(count).as(variant).isEqualTo(exact.get("H=" + variant)));
    assertThat(counts("table-13", "num_hidden_layers").values())
        .hasSize(2)
        .containsOnly(exact.get("ALBERT-xxlarge"));
  }

  /** Parameters by the values of some keys; each model learns the paper's five tasks. */
  private Map<String, Long> counts(String table, String... keys) throws IOException {
    Path file = Path.of("studies", "paper", table + ".yaml");
    RunPlan plan = RunPlan.of(StudyFile.read(file));
    Map<String, Long> counts = new HashMap<>();
    Map<String, Set<Object>> tasks = new HashMap<>();
    for (VariantForecast variant :
        new Forecaster(plan, folder, new RunStore(folder)).forecast().variants()) {
      String name =
          Stream.of(keys)
              .map(key -> String.valueOf(variant.values().get(key)))
              .collect(Collectors.joining(" "));
      assertThat(variant.runs()).isEqualTo(5);
      assertThat(variant.secondsPerRun()).as(variant.variant()).isPositive();
      counts.put(name, variant.parameters());
      tasks.computeIfAbsent(name, key -> new TreeSet<>()).add(variant.values().get("task"));
    }
    Set<String> needed =
        BenchmarkAverage.ALBERT.needed().stream()
            .map(BenchmarkAverage.Needed::task)
            .collect(Collectors.toSet());
    assertThat(tasks.values()).allSatisfy(own -> assertThat(own).isEqualTo(needed));
    return counts;
  }

  private static Map<String, Long> exact() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (String line : Files.readAllLines(EXACT)) {
      String[] fields = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      if (fields.length == 4 && fields[2].equals("params")) {
        counts.put(fields[1], Long.parseLong(fields[3]));
      }
    }
    return counts;
  }
}
