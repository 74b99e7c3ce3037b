package albert.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which reasons are said, and how often. */
final class SkippedTestsTest {

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

  @Test
  void eachReasonIsSaidOnceWithItsTests() {
    List<String> lines = new ArrayList<>();
    LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkippedTests(lines::add))
                .build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    DiscoverySelectors.selectClass(Single.class),
                    DiscoverySelectors.selectClass(Whole.class))
                .build());
    assertThat(lines)
        .containsExactly(
            "4 tests skipped: needs the data",
            "1 test skipped: the weights are not set",
            "1 test skipped: waits for a browser");
  }
}
