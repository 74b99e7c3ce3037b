package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which native lines reach standard error, seen from outside of a process. */
final class NativeLogTest {

  private static final String PREAMBLE =
      "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR";
  private static final String INFORMS =
      "I0000 00:00:1795908629.726422   30133 mlir_graph_optimization_pass.cc:401] not enabled";
  private static final String WARNS = "W0000 00:00:1795908629.726422   30133 a.cc:1] beware";
  private static final String SAYS_ERROR = "E0000 00:00:1795908629.726422   30133 a.cc:2] wrong";
  private static final String DIES = "F0000 00:00:1795908629.726422   30133 a.cc:3] Check failed";
  private static final String NO_HALF =
      "2026-11-29 22:11:17.201896: E tensorflow/core/util/util.cc:131] oneDNN supports DT_HALF only"
          + " on platforms with AVX-512. Falling back to the default Eigen-based implementation if"
          + " present.";
  private static final String OWN = "I0000 is how Java's own line begins";
  private static final String LAST = "the last line";

  @TempDir private Path folder;

  /** Writes the lines as TensorFlow and Java would, then ends as told. */
  public static final class Child {
    private Child() {}

    /** {@code exit}, {@code abort}, {@code tensorflow} or {@code quiet-tensorflow}. */
    public static void main(String... how) {
      PrintStream err =
          new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
      if (how[0].equals("quiet-tensorflow")) {
        NativeLog.quieten();
      }
      if (how[0].endsWith("tensorflow")) {
        GemmProbe.flopsPerSecond(RuntimeOptions.AUTO);
        return;
      }
      NativeLog.quieten();
      List.of(PREAMBLE, INFORMS, WARNS, SAYS_ERROR, NO_HALF).forEach(Child::put);
      err.println(OWN);
      put(how[0].equals("abort") ? DIES : LAST);
      if (how[0].equals("abort")) {
        NativeLibrary.getProcess().getFunction("abort").invokeVoid(new Object[0]);
      }
      System.exit(3);
    }

    private static void put(String line) {
      NativeLibrary c = NativeLibrary.getProcess();
      Object stderr = c.getGlobalVariableAddress("stderr").getPointer(0);
      c.getFunction("fputs").invokeInt(new Object[] {line + "\n", stderr});
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 7", "1, 4", "2, 3", "3, 2", "many, 7"})
  void theLevelHidesTensorFlowsLinesAndNoOthers(String level, int shown) throws Exception {
    Process child = start(level, "exit");
    child.waitFor();
    List<String> lines = Files.readAllLines(folder.resolve("err"));
    assertThat(child.exitValue()).isEqualTo(3);
    assertThat(lines).hasSize(shown).contains(OWN, LAST);
    assertThat(lines.contains(INFORMS)).isEqualTo(shown == 7);
    assertThat(lines.contains(PREAMBLE)).isEqualTo(shown == 7);
    assertThat(lines.contains(NO_HALF)).isEqualTo(shown == 7);
    assertThat(lines.contains(WARNS)).isEqualTo(shown >= 4);
    assertThat(lines.contains(SAYS_ERROR)).isEqualTo(shown >= 3);
  }

  @Test
  void theLastWordsOfAProcessThatAbortsAreSeen() throws Exception {
    Process child = start("2", "abort");
    child.waitFor();
    assertThat(child.exitValue()).isEqualTo(134);
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    while (!Files.readString(folder.resolve("err")).contains(DIES) && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(Files.readAllLines(folder.resolve("err"))).contains(SAYS_ERROR, OWN, DIES);
  }

  /** If TensorFlow writes in another way than assumed here, this sees it. */
  @Test
  void tensorFlowItselfIsQuiet() throws Exception {
    start("0", "tensorflow").waitFor();
    assertThat(Files.readString(folder.resolve("err"))).contains("I0000 ");
    start("2", "tensorflow").waitFor();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
  }

  /** TensorFlow's logger keeps the stream that it first wrote to, and closes it in the end. */
  @Test
  void theEndIsOrderlyAfterAWarningOfTensorFlow() throws Exception {
    Process child = start("1", "quiet-tensorflow", "TF_ENABLE_ONEDNN_OPTS", "perhaps");
    child.waitFor();
    assertThat(Files.readString(folder.resolve("err")))
        .contains("TF_ENABLE_ONEDNN_OPTS is not set to")
        .doesNotContain("corruption");
    assertThat(child.exitValue()).isZero();
  }

  /**
   * @param variables names and values of the environment, in turn
   */
  private Process start(String level, String how, String... variables) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName(),
                how));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", level);
    for (int i = 0; i < variables.length; i += 2) {
      builder.environment().put(variables[i], variables[i + 1]);
    }
    return builder.start();
  }
}
