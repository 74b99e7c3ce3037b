package albert.evaluation.record;

import java.nio.file.Path;

/**
 * The folder of one run, and the names of the files in it.
 *
 * @param path {@code runs/STUDY/RUN}
 */
public record RunDirectory(Path path) {
  /** The {@link RunRecord}. */
  public Path record() {
    return path.resolve("run.json");
  }

  /** The {@link MetricsLog}. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Folder of TensorBoard's event files. */
  public Path tensorboard() {
    return path.resolve("tensorboard");
  }

  /** Folder of the predictions. */
  public Path predictions() {
    return path.resolve("predictions");
  }

  /** The {@link StageProgress}, while a process is at the run. */
  public Path stage() {
    return path.resolve("stage.json");
  }

  /** Folder of the checkpoint. */
  public Path checkpoint() {
    return path.resolve("checkpoint");
  }

  /** The file that a {@link RunLock} locks. */
  Path lock() {
    return path.resolve("run.lock");
  }
}
