package albert.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Tests that are skipped on purpose. Their names keep them out of the module's own run. */
final class SkippedSamples {

  private SkippedSamples() {}

  static final class Single {
    @Test
    void runs() {
      assertThat(true).isTrue();
    }

    @Test
    void lacksData() {
      assumeTrue(false, "needs the data");
    }

    @Test
    void lacksDataToo() {
      assumeTrue(false, "needs the data");
    }

    @Test
    void lacksWeights() {
      Assumptions.assumeThat("").as("the weights are not set").isNotEmpty();
    }

    @Test
    @Disabled("waits for a browser")
    void isDisabled() {}
  }

  static final class Whole {
    @BeforeAll
    static void lacksAll() {
      assumeTrue(false, "needs the data");
    }

    @Test
    void one() {}

    @Test
    void other() {}
  }
}
