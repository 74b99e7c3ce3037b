package albert.experiments.cli;

import albert.experiments.InputException;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.gpu.Gpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which GPUs each of several processes sees. Process 0 is the one that starts the others: it sees
 * all of them, and takes the first.
 *
 * @param gpus as {@value #VISIBLE} names them; empty where none is used
 * @param each how many a run uses
 */
record GpuShares(List<String> gpus, int each) {

  /** The variable of the environment by which CUDA chooses and orders GPUs. */
  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /** Where no GPU is used. */
  static final GpuShares NONE = new GpuShares(List.of(), 1);

  GpuShares {
    gpus = List.copyOf(gpus);
  }

  /**
   * Those of this machine.
   *
   * @param processes how many there will be
   * @param each how many GPUs a run uses, {@link RuntimeOptions#ALL_DEVICES} for all
   * @param visible what {@value #VISIBLE} says; empty if nothing
   * @throws InputException if runs on several GPUs each need more than there are
   */
  static GpuShares of(Gpus found, int processes, int each, String visible) {
    int count = found.list().size();
    if (count == 0) {
      return NONE;
    }
    int own = each == RuntimeOptions.ALL_DEVICES ? count : each;
    if (own > 1 && processes * own > count) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--parallel is %d with %d GPUs a run, allowed on %d GPUs are at most %d processes",
              processes,
              own,
              count,
              count / own));
    }
    return new GpuShares(names(count, visible), own);
  }

  /** The names given, as far as they are GPUs that were found; else their numbers. */
  private static List<String> names(int count, String visible) {
    List<String> given =
        List.of(visible.split(",", -1)).stream().map(String::strip).limit(count).toList();
    return visible.isBlank() || given.size() < count
        ? IntStream.range(0, count).mapToObj(Integer::toString).toList()
        : given;
  }

  /**
   * What is set in the environment of a process.
   *
   * @param process from 0; where there are more than GPUs, they begin with the first again
   */
  Map<String, String> environment(int process) {
    if (gpus.isEmpty()) {
      return Map.of();
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      own.add(gpus.get((process * each + i) % gpus.size()));
    }
    return Map.of(VISIBLE, String.join(",", own));
  }
}
