package albert.evaluation.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a run came. A run that has not begun has no record. */
public enum RunStatus {
  /** Begun; whether it still runs or was broken off, its {@link RunLock} tells. */
  @JsonProperty("running")
  RUNNING,
  /** Done; a finished run is not run again. */
  @JsonProperty("finished")
  FINISHED,
  /** Ended without a result, for the reason in the record. */
  @JsonProperty("failed")
  FAILED
}
