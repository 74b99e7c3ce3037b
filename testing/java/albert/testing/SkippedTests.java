package albert.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on the console, when a module's tests are over, what skipped tests lacked: each reason once,
 * with the number of tests.
 */
public final class SkippedTests implements TestExecutionListener {

  private static final Logger LOG = LoggerFactory.getLogger(SkippedTests.class);

  /** What JUnit and AssertJ put before a reason. */
  private static final String PREFIX =
      "(?i)^(assumption failed:|assumption was not met due to:|\\s|\\[)*";

  private final Map<String, Integer> tests = new ConcurrentSkipListMap<>();
  private final Consumer<String> console;
  private Optional<TestPlan> plan = Optional.empty();

  /** As JUnit makes it. */
  public SkippedTests() {
    this(LOG::warn);
  }

  SkippedTests(Consumer<String> console) {
    this.console = console;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan begun) {
    tests.clear();
    plan = Optional.of(begun);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    add(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      add(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan ended) {
    lines().forEach(console);
  }

  private List<String> lines() {
    return tests.entrySet().stream()
        .map(
            entry ->
                entry.getValue()
                    + (entry.getValue() == 1 ? " test skipped: " : " tests skipped: ")
                    + entry.getKey())
        .toList();
  }

  private void add(TestIdentifier test, String message) {
    String reason =
        message
            .replaceFirst(PREFIX, "")
            .lines()
            .findFirst()
            .orElse("no reason given")
            .replaceFirst("\\]\\s*$", "");
    tests.merge(reason, count(test), Integer::sum);
  }

  /** The tests in a class that is skipped as a whole; one whose number nobody knows counts as one. */
  private int count(TestIdentifier test) {
    long within =
        plan.map(p -> p.getDescendants(test).stream().filter(TestIdentifier::isTest).count())
            .orElse(0L);
    return (int) Math.max(1, within);
  }
}
