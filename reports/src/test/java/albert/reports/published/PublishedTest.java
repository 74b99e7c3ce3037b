package albert.reports.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PublishedTest {
  private static final List<PublishedNumber> NUMBERS = PublishedNumber.all();

  @Test
  void allFiguresAreRead() {
    assertThat(NUMBERS).hasSize(825);
    assertThat(number("Table 2", "ALBERT-base", "SST-2_acc").number()).hasValue(90.3);
    assertThat(number("Table 2", "BERT-base", "params").number()).hasValue(108e6);
    assertThat(number("Table 1", "ALBERT-xxlarge", "params").number()).hasValue(235e6);
    assertThat(number("Table 2", "BERT-base", "train_speedup_vs_BERT-large").number()).isEmpty();
    assertThat(new PublishedNumber("s", "t", "r", "m", "89.1/86.3").number()).isEmpty();
    assertThat(new PublishedNumber("s", "t", "r", "m", "235M (text says 233M)").number())
        .hasValue(235e6);
  }

  @Test
  void everyModelIsARowOfThePaper() {
    Set<List<String>> rows = new HashSet<>();
    NUMBERS.forEach(n -> rows.add(List.of(n.table(), n.row())));
    for (PublishedModel model : PublishedModel.all()) {
      assertThat(rows).contains(List.of(model.table(), model.row()));
    }
  }

  @Test
  void everyFaultTouchesAFigureAndThereAreSeven() {
    List<PublishedFault> faults = PublishedFault.all();
    assertThat(faults.stream().map(PublishedFault::number).collect(Collectors.toSet()))
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    for (PublishedFault fault : faults) {
      assertThat(NUMBERS.stream().anyMatch(fault::touches)).as(fault.text()).isTrue();
    }
    PublishedNumber xxlarge = number("Table 2", "ALBERT-xxlarge", "MNLI-m_acc");
    assertThat(faults.stream().filter(f -> f.touches(xxlarge)).map(PublishedFault::number))
        .containsExactly(2);
    PublishedNumber base = number("Table 5", "SOP", "MNLI-m_acc");
    assertThat(faults.stream().filter(f -> f.touches(base)).map(PublishedFault::number))
        .containsExactly(3);
    PublishedNumber clean = number("Table 2", "ALBERT-base", "SST-2_acc");
    assertThat(faults.stream().noneMatch(f -> f.touches(clean))).isTrue();
  }

  @Test
  void aModelIsKnownByItsShape() {
    Map<String, Object> config = new TreeMap<>();
    config.put("num_hidden_layers", 12L);
    config.put("hidden_size", 768L);
    config.put("embedding_size", 128L);
    config.put("sharing", "all");
    config.put("groups", 1L);
    assertThat(rows(config))
        .contains("Table 2 ALBERT-base", "Table 4 E=128 all-shared", "Table 5 None", "Table 5 SOP")
        .doesNotContain("Table 2 ALBERT-large", "Table 4 E=768 all-shared");
    config.put("sharing_pattern", "cycle");
    assertThat(rows(config)).isEmpty();
    config.remove("sharing_pattern");
    config.put("groups", 2L);
    assertThat(rows(config)).isEmpty();
  }

  private static List<String> rows(Map<String, Object> config) {
    return PublishedModel.all().stream()
        .filter(model -> model.hasShapeOf(config))
        .map(model -> model.table() + " " + model.row())
        .toList();
  }

  private static PublishedNumber number(String table, String row, String metric) {
    return NUMBERS.stream()
        .filter(n -> n.table().equals(table) && n.row().equals(row) && n.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
