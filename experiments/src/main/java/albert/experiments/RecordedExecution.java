package albert.experiments;

import albert.evaluation.record.Provenance;
import albert.model.runtime.RuntimeOptions;
import java.util.Locale;

/** What something runs on, as records say it. */
public final class RecordedExecution {

  private RecordedExecution() {}

  /** With nothing left to decide. */
  public static Provenance.Execution of(RuntimeOptions options) {
    RuntimeOptions resolved = options.resolve();
    return new Provenance.Execution(
        resolved.device().name().toLowerCase(Locale.ROOT),
        resolved.precision().name().toLowerCase(Locale.ROOT),
        resolved.threads(),
        resolved.devices() == 1 ? null : Integer.valueOf(resolved.devices()));
  }
}
