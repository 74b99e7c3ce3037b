package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests that no key is dead: each one has a flip, and what is done with the key flipped leaves
 * other traces than what is done without it.
 */
public final class KeyFlips {
  private final Trial trial;
  private final Map<String, List<String>> flips = new HashMap<>();
  private final Map<String, List<String>> contexts = new HashMap<>();
  private final Map<List<String>, Object> traces = new HashMap<>();

  /** Does the work under test. */
  @FunctionalInterface
  public interface Trial {
    /**
     * What the work left, with {@code equals}.
     *
     * @param settings keys and values by turns
     */
    Object run(String... settings) throws IOException;
  }

  /** Flips of what a trial does. */
  public KeyFlips(Trial trial) {
    this.trial = trial;
  }

  /**
   * A flip.
   *
   * @param context keys and values that both sides have, without which the key has nothing to do
   */
  public KeyFlips flip(String key, String value, String... context) {
    contexts.put(key, List.of(context));
    List<String> all = new ArrayList<>(List.of(context));
    all.addAll(List.of(key, value));
    assertThat(flips.put(key, all)).as(key).isNull();
    return this;
  }

  /** The own keys of a kind of task. */
  public static List<ConfigKey> keysOf(TaskKind<?, ?, ?, ?> kind) {
    Set<String> own = ConfigKeys.values(kind.defaults(ModelType.ALBERT)).keySet();
    return ConfigKeys.of(ConfigKey.Section.TASK).stream()
        .filter(key -> own.contains(key.name()))
        .toList();
  }

  /** A test a key, one that there are no others, and one that equal work leaves equal traces. */
  public Stream<DynamicTest> tests(List<ConfigKey> keys) {
    return Stream.concat(
        Stream.of(
            dynamicTest(
                "every key has a flip",
                () ->
                    assertThat(new TreeSet<>(flips.keySet()))
                        .isEqualTo(new TreeSet<>(keys.stream().map(ConfigKey::name).toList()))),
            dynamicTest(
                "equal work leaves equal traces",
                () -> assertThat(trial.run()).isEqualTo(trace(List.of())))),
        flips.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                flip ->
                    dynamicTest(
                        flip.getKey(),
                        () ->
                            assertThat(trial.run(flip.getValue().toArray(String[]::new)))
                                .isNotEqualTo(
                                    trace(contexts.getOrDefault(flip.getKey(), List.of()))))));
  }

  private Object trace(List<String> context) throws IOException {
    Object known = traces.get(context);
    if (known == null) {
      known = trial.run(context.toArray(String[]::new));
      traces.put(context, known);
    }
    return known;
  }
}
