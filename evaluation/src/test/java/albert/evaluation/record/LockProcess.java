package albert.evaluation.record;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The other process of {@link RunLockTest}. */
final class LockProcess {
  private LockProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[1]);
    Path result = Path.of(args[2]);
    RunDirectory run = new RunStore(root).directory("s", "a");
    switch (args[0]) {
      case "try" -> {
        Optional<RunLock> lock = RunLock.tryAcquire(run);
        AtomicFiles.writeText(result, lock.isPresent() ? "free" : "busy");
      }
      case "hold" -> {
        RunLock lock = RunLock.tryAcquire(run).orElseThrow();
        AtomicFiles.writeText(result, "held");
        TimeUnit.HOURS.sleep(1);
        lock.close();
      }
      case "contend" -> AtomicFiles.writeText(result, contend(run) ? "alone" : "not alone");
      case "write" -> write(new RunStore(root), result);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static boolean contend(RunDirectory run) throws IOException {
    for (int acquired = 0; acquired < 300; ) {
      Optional<RunLock> lock = RunLock.tryAcquire(run);
      if (lock.isPresent()) {
        acquired++;
        try {
          Files.delete(Files.createFile(run.path().resolve("inside")));
        } catch (FileAlreadyExistsException e) {
          return false;
        }
        lock.get().close();
      }
    }
    return true;
  }

  private static void write(RunStore store, Path ready) throws IOException {
    RunRecord running = Runs.running("s", "a").build();
    RunRecord finished = Runs.finished("s", "a");
    store.write(running);
    AtomicFiles.writeText(ready, "ready");
    while (true) {
      store.write(finished);
      store.write(running);
    }
  }
}
