package albert.experiments.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What NVIDIA's program {@code nvidia-smi} tells.
 *
 * @param cards the GPUs, in its order
 * @param problem why it tells nothing, empty where it does
 */
public record NvidiaSmi(List<Card> cards, String problem) {

  private static final int PATIENCE_SECONDS = 10;
  private static final int FIELDS = 4;
  private static final long MEBIBYTE = 1 << 20;

  /**
   * A GPU.
   *
   * @param name of the model
   * @param memoryBytes of the whole GPU, 0 where it does not say
   * @param usedBytes that programs hold now, 0 where it does not say
   * @param driver version
   */
  public record Card(String name, long memoryBytes, long usedBytes, String driver) {}

  /** Copies the list. */
  public NvidiaSmi {
    cards = List.copyOf(cards);
  }

  /**
   * Asks it.
   *
   * @param program its name or path
   */
  static NvidiaSmi ask(String program) {
    try {
      Process process =
          new ProcessBuilder(
                  program,
                  "--query-gpu=name,memory.total,memory.used,driver_version",
                  "--format=csv,noheader,nounits")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      // what it says is short, so that it needs no reader while it runs
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return silent("it does not answer within " + PATIENCE_SECONDS + " seconds");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? parse(said) : silent(firstLine(said));
    } catch (IOException e) {
      return silent("there is no " + program);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent("it was interrupted");
    }
  }

  /** Of its lines, each a GPU. */
  static NvidiaSmi parse(String said) {
    List<Card> cards = new ArrayList<>();
    for (String line : said.lines().filter(text -> !text.isBlank()).toList()) {
      String[] fields = line.split(", *", -1);
      if (fields.length != FIELDS) {
        return silent(String.format(Locale.ROOT, "it says '%s'", line));
      }
      cards.add(new Card(fields[0], bytes(fields[1]), bytes(fields[2]), fields[3]));
    }
    return new NvidiaSmi(cards, "");
  }

  /** Of mebibytes, which some GPUs do not tell ({@code [N/A]}). */
  private static long bytes(String mebibytes) {
    return mebibytes.matches("[0-9]{1,12}") ? Long.parseLong(mebibytes) * MEBIBYTE : 0;
  }

  private static NvidiaSmi silent(String problem) {
    return new NvidiaSmi(List.of(), problem);
  }

  private static String firstLine(String said) {
    return said.lines().findFirst().orElse("it fails");
  }
}
