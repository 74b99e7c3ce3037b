package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class RunLockTest {
  @TempDir private Path root;

  private RunDirectory run() {
    return new RunStore(root).directory("s", "a");
  }

  @Test
  void onlyOneInThisProcess() throws IOException {
    Optional<RunLock> first = RunLock.tryAcquire(run());
    assertThat(first).isPresent();
    assertThat(RunLock.tryAcquire(run())).isEmpty();
    Path alias = Files.createSymbolicLink(root.resolve("alias"), run().path());
    assertThat(RunLock.tryAcquire(new RunDirectory(alias))).isEmpty();
    first.get().close();
    first.get().close();
    Optional<RunLock> second = RunLock.tryAcquire(run());
    assertThat(second).isPresent();
    second.get().close();
  }

  @Test
  void threadsNeverShare() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger acquired = new AtomicInteger();
    Callable<Boolean> contend =
        () -> {
          boolean alone = true;
          for (int i = 0; i < 300; i++) {
            Optional<RunLock> lock = RunLock.tryAcquire(run());
            if (lock.isPresent()) {
              alone &= inside.incrementAndGet() == 1;
              acquired.incrementAndGet();
              Thread.onSpinWait();
              inside.decrementAndGet();
              lock.get().close();
            }
          }
          return alone;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> future : threads.invokeAll(java.util.Collections.nCopies(8, contend))) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(acquired.get()).isPositive();
  }

  @Test
  void anAttemptFromThisProcessDoesNotFreeItForAnother() throws Exception {
    Path result = root.resolve("result");
    RunLock held = RunLock.tryAcquire(run()).orElseThrow();
    assertThat(RunLock.tryAcquire(run())).isEmpty();
    Process early = start("try", result);
    assertThat(early.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(result).hasContent("busy");
    held.close();
    Process late = start("try", result);
    assertThat(late.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(result).hasContent("free");
  }

  @Test
  void aKilledHolderFreesIt() throws Exception {
    Path held = root.resolve("held");
    Process holder = start("hold", held);
    awaitFile(held, holder);
    assertThat(RunLock.tryAcquire(run())).isEmpty();
    assertThat(holder.destroyForcibly().waitFor(120, TimeUnit.SECONDS)).isTrue();
    Optional<RunLock> lock = RunLock.tryAcquire(run());
    assertThat(lock).isPresent();
    lock.get().close();
  }

  @Test
  void processesNeverShare() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(start("contend", root.resolve("result" + i)));
    }
    for (int i = 0; i < 2; i++) {
      assertThat(processes.get(i).waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(root.resolve("result" + i)).hasContent("alone");
    }
  }

  @Test
  void tellsWhoHoldsIt() throws Exception {
    assertThat(RunLock.holder(run())).isEmpty();
    RunLock own = RunLock.tryAcquire(run()).orElseThrow();
    assertThat(RunLock.holder(run())).hasValue(ProcessHandle.current().pid());
    own.close();
    assertThat(RunLock.holder(run())).isEmpty();
    Path held = root.resolve("held");
    Process holder = start("hold", held);
    awaitFile(held, holder);
    assertThat(RunLock.holder(run())).hasValue(holder.pid());
    assertThat(holder.destroyForcibly().waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(RunLock.holder(run())).isEmpty();
    Files.writeString(run().lock(), "not a number");
    assertThat(RunLock.holder(run())).isEmpty();
  }

  @Test
  void waitsUntilItIsFreeOrTheCheckSaysNo() throws Exception {
    RunLock first = RunLock.tryAcquire(run()).orElseThrow();
    AtomicInteger looks = new AtomicInteger();
    try (RunLock second =
        RunLock.acquire(
            run(),
            () -> {
              if (looks.incrementAndGet() == 2) {
                close(first);
              }
            })) {
      assertThat(looks).hasValue(2);
      assertThat(second).isNotSameAs(first);
      assertThatIllegalStateException()
          .isThrownBy(() -> RunLock.acquire(run(), RunLockTest::stop))
          .withMessage("stop");
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> RunLock.acquire(run(), () -> {}))
          .withMessageContaining(run().path().toString());
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void stop() {
    throw new IllegalStateException("stop");
  }

  private static void close(RunLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Killed again and again while it writes, the record is always there and whole. */
  @Test
  void aKilledWriterLeavesAWholeRecord() throws Exception {
    RunStore store = new RunStore(root);
    for (int round = 0; round < 4; round++) {
      Path ready = root.resolve("ready" + round);
      Process writer = start("write", ready);
      awaitFile(ready, writer);
      for (int reads = 0; reads <= 50 * round; reads++) {
        assertThat(store.list().records()).hasSize(1);
        assertThat(store.list().unreadable()).isEmpty();
      }
      assertThat(writer.destroyForcibly().waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(store.list().records()).hasSize(1);
      assertThat(store.list().unreadable()).isEmpty();
    }
  }

  private Process start(String what, Path result) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            classPath,
            LockProcess.class.getName(),
            what,
            root.toString(),
            result.toString())
        .redirectErrorStream(true)
        .redirectOutput(new File(root.toFile(), "output"))
        .start();
  }

  private static void awaitFile(Path file, Process process) throws InterruptedException {
    while (!Files.exists(file)) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
