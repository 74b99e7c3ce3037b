package albert.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which reasons are said, and how often. */
final class SkippedTestsTest {

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
                    DiscoverySelectors.selectClass(SkippedSamples.Single.class),
                    DiscoverySelectors.selectClass(SkippedSamples.Whole.class))
                .build());
    assertThat(lines)
        .containsExactly(
            "4 tests skipped: needs the data",
            "1 test skipped: the weights are not set",
            "1 test skipped: waits for a browser");
  }
}
