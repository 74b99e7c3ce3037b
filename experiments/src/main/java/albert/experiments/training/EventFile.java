package albert.experiments.training;

import albert.datasets.pretraining.TfRecords;
import albert.model.runtime.ScalarEvents;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file of scalars that TensorBoard reads. Each step is in the file as soon as it is added. */
public final class EventFile implements Closeable {

  private final OutputStream out;
  private final InstantSource clock;

  /**
   * Begins a file, named after the second in which it begins.
   *
   * @param folder made if it is not there
   * @param clock gives each step its time
   */
  public EventFile(Path folder, InstantSource clock) throws IOException {
    this.clock = clock;
    Files.createDirectories(folder);
    long begun = clock.millis();
    String name = String.format(Locale.ROOT, "events.out.tfevents.%d.albert", begun / 1000);
    out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    append(ScalarEvents.version(begun));
  }

  /**
   * Adds the scalars of one step.
   *
   * @param values by name; null where there is no figure, which is left out
   */
  public void add(long step, Map<String, ? extends @Nullable Double> values) throws IOException {
    Map<String, Double> scalars = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            scalars.put(name, value);
          }
        });
    append(ScalarEvents.scalars(step, clock.millis(), scalars));
  }

  private void append(byte[] event) throws IOException {
    TfRecords.append(out, event);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
