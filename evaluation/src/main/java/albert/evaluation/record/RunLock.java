package albert.evaluation.record;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Who holds it may do the run; no other process and no other thread can at the same time. The
 * operating system frees it when the process ends, however it ends. The lock's file stays: removing
 * it would let two processes lock two files of one name.
 *
 * <p>The set of held locks is static because what it mirrors belongs to the process: POSIX frees
 * all locks of a process on a file as soon as any descriptor of that file is closed, so a second
 * attempt from this process must not even open it.
 */
public final class RunLock implements AutoCloseable {
  private static final int POLL_MILLIS = 500;
  private static final Pattern HOLDER = Pattern.compile("[0-9]{1,18}");
  private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run if it is free. The run's folder is made if it is not there.
   *
   * @return empty if another holds it
   * @throws IOException if the folder can't be written
   */
  public static Optional<RunLock> tryAcquire(RunDirectory run) throws IOException {
    Files.createDirectories(run.path());
    Path file = new RunDirectory(run.path().toRealPath()).lock();
    if (!HELD_BY_THIS_PROCESS.add(file)) {
      return Optional.empty();
    }
    boolean acquired = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        acquired = lock != null;
      } finally {
        if (!acquired) {
          channel.close();
        }
      }
      if (acquired) {
        writeHolder(channel);
      }
      return acquired ? Optional.of(new RunLock(file, channel)) : Optional.empty();
    } finally {
      if (!acquired) {
        HELD_BY_THIS_PROCESS.remove(file);
      }
    }
  }

  /**
   * Takes the lock of a run, and waits for it while another holds it. The run's folder is made if
   * it is not there.
   *
   * @param check is run before each pause; what it throws ends the wait
   * @throws InterruptedIOException if the thread is interrupted while it waits
   * @throws IOException if the folder can't be written
   */
  public static RunLock acquire(RunDirectory run, Runnable check) throws IOException {
    Optional<RunLock> lock = tryAcquire(run);
    while (lock.isEmpty()) {
      check.run();
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(
            "interrupted while another process is at work in " + run.path());
      }
      lock = tryAcquire(run);
    }
    return lock.get();
  }

  /**
   * The process that holds the lock of a run, as the lock's file tells without touching the lock:
   * the one that took it last, if it still lives and has not freed it.
   *
   * @throws IOException if the file is there and can't be read
   */
  public static OptionalLong holder(RunDirectory run) throws IOException {
    if (!Files.exists(run.lock())) {
      return OptionalLong.empty();
    }
    if (HELD_BY_THIS_PROCESS.contains(new RunDirectory(run.path().toRealPath()).lock())) {
      return OptionalLong.of(ProcessHandle.current().pid());
    }
    String text = Files.readString(run.lock(), StandardCharsets.US_ASCII).strip();
    if (!HOLDER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(text);
    return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent()
        ? OptionalLong.of(pid)
        : OptionalLong.empty();
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /** Frees the lock; a second time it does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        channel.truncate(0);
      } finally {
        HELD_BY_THIS_PROCESS.remove(file);
      }
    }
  }
}
