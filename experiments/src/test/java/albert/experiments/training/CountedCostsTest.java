package albert.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ParameterCount;
import albert.model.config.SharingPattern;
import org.junit.jupiter.api.Test;

class CountedCostsTest {

  @Test
  void theBertOfAlbertBasesShapeIsBertBaseWithItsVocabulary() {
    EncoderConfig albert =
        EncoderPreset.ALBERT_BASE.config().toBuilder()
            .groups(4)
            .sharingPattern(SharingPattern.CYCLE)
            .build();
    EncoderConfig bert = CountedCosts.bertOfSameShape(albert);
    assertThat(ParameterCount.of(bert).total()).isEqualTo(109_081_344);
    assertThat(CountedCosts.bertOfSameShape(bert)).isEqualTo(bert);
  }
}
