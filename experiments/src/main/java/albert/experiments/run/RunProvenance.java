package albert.experiments.run;

import albert.evaluation.record.Provenance;
import albert.experiments.RecordedExecution;
import albert.model.runtime.Hardware;
import albert.model.runtime.RuntimeOptions;
import java.util.List;

/** What makes a training, here and now. */
public final class RunProvenance {

  private RunProvenance() {}

  /**
   * The code, this machine, and how the work was called.
   *
   * @param commit of the code, or {@code unknown}
   * @param software versions
   * @param runtime with nothing left to decide
   * @param command what to type to repeat it
   */
  public static Provenance of(
      String commit, Provenance.Software software, RuntimeOptions runtime, String command) {
    Hardware hardware = Hardware.detect();
    return new Provenance(
        commit,
        software,
        new Provenance.Hardware(
            hardware.cpuModel(),
            hardware.cores(),
            hardware.memoryBytes(),
            List.copyOf(hardware.cpuFeatures())),
        RecordedExecution.of(runtime),
        command);
  }
}
