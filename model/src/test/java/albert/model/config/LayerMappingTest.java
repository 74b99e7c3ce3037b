package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerMappingTest {
  private static final List<Integer> OWN = List.of(0, 1, 2, 3, 4, 5);

  @Test
  void withoutSharingEveryLayerHasItsOwnSet() {
    assertThat(mapping(ParameterSharing.NONE, 6, 1)).isEqualTo(new LayerMapping(OWN, OWN));
  }

  @ParameterizedTest
  @CsvSource({
    "1, '0,0,0,0,0,0'",
    "2, '0,0,0,1,1,1'",
    "3, '0,0,1,1,2,2'",
    "6, '0,1,2,3,4,5'",
  })
  void aSharedPartHasAsManySetsAsGroups(int groups, String expected) {
    List<Integer> shared = List.of(expected.split(",")).stream().map(Integer::valueOf).toList();

    assertThat(mapping(ParameterSharing.ALL, 6, groups))
        .isEqualTo(new LayerMapping(shared, shared));
    assertThat(mapping(ParameterSharing.ATTENTION, 6, groups))
        .isEqualTo(new LayerMapping(shared, OWN));
    assertThat(mapping(ParameterSharing.FFN, 6, groups)).isEqualTo(new LayerMapping(OWN, shared));
  }

  /** The tables of arXiv 2104.06022, figure 1 (N 6, M 3), and cases with more than two rounds. */
  @ParameterizedTest
  @CsvSource({
    "SEQUENCE, 3, '0,0,1,1,2,2'",
    "CYCLE, 3, '0,1,2,0,1,2'",
    "CYCLE_REVERSED, 3, '0,1,2,2,1,0'",
    "CYCLE, 2, '0,1,0,1,0,1'",
    "CYCLE_REVERSED, 2, '0,1,0,1,1,0'",
    "CYCLE, 1, '0,0,0,0,0,0'",
    "CYCLE_REVERSED, 1, '0,0,0,0,0,0'",
    "CYCLE, 6, '0,1,2,3,4,5'",
    "CYCLE_REVERSED, 6, '0,1,2,3,4,5'",
  })
  void aPatternSaysWhichLayersShare(SharingPattern pattern, int groups, String expected) {
    List<Integer> shared = List.of(expected.split(",")).stream().map(Integer::valueOf).toList();
    EncoderConfig.Builder builder =
        EncoderConfig.builder().numHiddenLayers(6).groups(groups).sharingPattern(pattern);

    assertThat(LayerMapping.of(builder.build())).isEqualTo(new LayerMapping(shared, shared));
    assertThat(LayerMapping.of(builder.sharing(ParameterSharing.FFN).build()))
        .isEqualTo(new LayerMapping(OWN, shared));
  }

  @ParameterizedTest
  @EnumSource
  void aPatternChangesNoSize(SharingPattern pattern) {
    EncoderConfig.Builder builder = EncoderConfig.builder().groups(4);

    assertThat(ParameterCount.of(builder.sharingPattern(pattern).build()))
        .isEqualTo(ParameterCount.of(builder.sharingPattern(SharingPattern.SEQUENCE).build()));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 1, 6, 6", "ALL, 2, 2, 2", "ATTENTION, 3, 3, 6", "FFN, 1, 6, 1"})
  void setsAreCounted(ParameterSharing sharing, int groups, int attentionSets, int ffnSets) {
    LayerMapping mapping = mapping(sharing, 6, groups);

    assertThat(mapping.attentionSets()).isEqualTo(attentionSets);
    assertThat(mapping.ffnSets()).isEqualTo(ffnSets);
  }

  @ParameterizedTest
  @CsvSource({"22, 22, 15", "44, 22, 30", "46, 23, 26", "52, 26, 30", "49, 49, 1", "58, 58, 31"})
  void layersAreNotMisplacedWhereFloatingPointMisplacesThem(int layers, int groups, int layer) {
    int published = (int) ((double) layer / layers * groups);
    int exact = layer * groups / layers;

    assertThat(published).isEqualTo(exact - 1);
    assertThat(mapping(ParameterSharing.ALL, layers, groups).attention().get(layer))
        .isEqualTo(exact);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 24, 47, 60, 64, 1024})
  void everyDivisorGivesGroupsOfEqualSizeInOrder(int layers) {
    IntStream.rangeClosed(1, layers)
        .filter(groups -> layers % groups == 0)
        .forEach(
            groups -> {
              List<Integer> sets = mapping(ParameterSharing.ALL, layers, groups).ffn();
              assertThat(sets).hasSize(layers).isSorted();
              assertThat(IntStream.range(0, groups))
                  .allMatch(set -> Collections.frequency(sets, set) == layers / groups);
            });
  }

  @Test
  void aMappingIsACopyThatNobodyChanges() {
    List<Integer> sets = new ArrayList<>(List.of(0, 1));
    LayerMapping mapping = new LayerMapping(sets, sets);
    sets.set(0, 7);

    assertThat(mapping.attention()).containsExactly(0, 1);
    assertThatThrownBy(() -> mapping.ffn().set(0, 7))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static LayerMapping mapping(ParameterSharing sharing, int layers, int groups) {
    return LayerMapping.of(
        EncoderConfig.builder().numHiddenLayers(layers).sharing(sharing).groups(groups).build());
  }
}
