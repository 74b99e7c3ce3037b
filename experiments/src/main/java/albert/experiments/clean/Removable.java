package albert.experiments.clean;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something on the disk that can go.
 *
 * @param kind what it is
 * @param folder of the run, study or cache that it belongs to
 * @param bytes that are free when it is gone
 * @param lock of what it belongs to; empty for a cache, from which files may go at any time
 * @param removal removes it
 */
public record Removable(
    Kind kind, Path folder, long bytes, Optional<RunDirectory> lock, Removal removal) {

  /** Kinds, in the order in which they are listed. */
  public enum Kind {
    /** Checkpoints that a broken training goes on from, of a training that is over. */
    STATE("optimizer states of runs that are over", ""),
    /** What a process that was killed was writing. */
    LEFTOVER("files that were being written when a process was killed", ""),
    /** Hidden states of checkpoints, of studies that were broken off. */
    TEACHER(
        "hidden states of checkpoints that are compressed", "the next compression computes them"),
    /** The last weights of runs that have the best ones besides. */
    LAST_WEIGHTS(
        "last weights of runs that keep the best", "replay compares only the best weights"),
    /** All weights of finished runs. */
    WEIGHTS(
        "weights of finished runs",
        "predict finds no model, replay compares only metrics, predictions and scores;"
            + " ./albert replay RUN --output DIR makes a run's weights again"),
    /** What the runs of a finished study started from. */
    START(
        "pretrained and compressed starts of finished studies",
        "runs that are added later pretrain or compress again"),
    /** Data sets as ids. */
    FEATURES("data sets as ids", "the next training tokenizes its data again"),
    /** Texts as vectors. */
    EMBEDDINGS("embeddings of texts that were searched", "the next search embeds its texts again"),
    /** Parts of files. */
    DOWNLOAD("unfinished downloads", "the next data get starts the download again");

    private final String words;
    private final String missed;

    Kind(String words, String missed) {
      this.words = words;
      this.missed = missed;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** What a later command will miss; empty for nothing. */
    public String missed() {
      return missed;
    }
  }

  /** Removes files. */
  @FunctionalInterface
  public interface Removal {
    /** Removes them; what is gone already is no error. */
    void remove() throws IOException;
  }

  /**
   * Removes it.
   *
   * @return whether it is gone; not if another process is at what it belongs to
   */
  @SuppressWarnings("try") // the lock is held, not used
  public boolean free() throws IOException {
    if (lock.isEmpty()) {
      removal.remove();
      return true;
    }
    Optional<RunLock> held = RunLock.tryAcquire(lock.get());
    if (held.isEmpty()) {
      return false;
    }
    try (RunLock own = held.get()) {
      removal.remove();
      return true;
    }
  }
}
