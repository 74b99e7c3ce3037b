package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.InputException;
import albert.model.runtime.gpu.Gpu;
import albert.model.runtime.gpu.Gpus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which GPUs a process of {@code --parallel} sees, of a machine that has made-up ones. */
final class GpuSharesTest {

  @Test
  void everyProcessHasAGpuOfItsOwnAndTheFirstComesAgain() {
    assertThat(visible(GpuShares.of(gpus(3), 4, 1, ""), 4)).containsExactly("0", "1", "2", "0");
  }

  @Test
  void runsOnSeveralGpusHaveThemForThemselves() {
    assertThat(visible(GpuShares.of(gpus(4), 2, 2, ""), 2)).containsExactly("0,1", "2,3");
  }

  /** Those that the environment leaves are handed on by its names. */
  @Test
  void theNamesAreThoseOfTheEnvironment() {
    assertThat(visible(GpuShares.of(gpus(2), 2, 1, "5, GPU-8932f937"), 2))
        .containsExactly("5", "GPU-8932f937");
  }

  @Test
  void moreThanThereAreAreRefused() {
    assertThatThrownBy(() -> GpuShares.of(gpus(4), 3, 2, ""))
        .isInstanceOf(InputException.class)
        .hasMessage("--parallel is 3 with 2 GPUs a run, allowed on 4 GPUs are at most 2 processes");
    assertThatThrownBy(() -> GpuShares.of(gpus(4), 2, 0, "")).isInstanceOf(InputException.class);
  }

  @Test
  void withoutGpusTheEnvironmentStaysAsItIs() {
    assertThat(GpuShares.of(gpus(0), 2, 1, "0").environment(1)).isEqualTo(Map.of());
  }

  private static List<String> visible(GpuShares shares, int processes) {
    return IntStream.range(0, processes)
        .mapToObj(process -> shares.environment(process).get("CUDA_VISIBLE_DEVICES"))
        .toList();
  }

  private static Gpus gpus(int count) {
    return new Gpus(
        IntStream.range(0, count).mapToObj(n -> new Gpu("made up", 1L << 30, "9.0")).toList(),
        count == 0 ? "there is none" : "");
  }
}
