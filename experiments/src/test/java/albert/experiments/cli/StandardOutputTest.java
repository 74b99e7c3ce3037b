package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.cli.terminal.StandardOutput;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that can't be written are a failure, of every command; a closed pipe ends quietly. */
final class StandardOutputTest {

  private static final int MINUTES = 2;

  @TempDir private Path folder;

  /** Takes so many bytes, then fails. */
  private static final class Full extends OutputStream {
    private final String problem;
    private int left;

    Full(int left, String problem) {
      this.left = left;
      this.problem = problem;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException(problem);
      }
    }
  }

  private static StandardOutput full(int room, String problem) {
    return new StandardOutput(new Full(room, problem), false);
  }

  /** A command that failed has said why. */
  @Test
  void anErrorIsSaidOnce() {
    StringWriter err = new StringWriter();
    int status = Main.run(full(0, "No space left"), new PrintWriter(err), "parms");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean params?");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "--version",
        "predict --help",
        "params --preset mini-bert",
        "params --preset mini-bert --json",
        "data list",
        "data",
        "finetune --task mrpc --preset mini-albert --dry-run --json"
      })
  void whateverCommandWritesSaysThatItCanNot(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    for (int room : new int[] {0, 20}) {
      StringWriter err = new StringWriter();
      int status = Main.run(full(room, "No space left on device"), new PrintWriter(err), words);
      assertThat(err)
          .hasToString(
              "albert: standard output can't be written: No space left on device"
                  + System.lineSeparator());
      assertThat(status).isEqualTo(1);
    }
  }

  @Test
  void aClosedPipeIsNoNews() {
    StringWriter err = new StringWriter();
    int status = Main.run(full(100, "Broken pipe"), new PrintWriter(err), "params", "--json");
    assertThat(status).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void workEndsWhereNobodyReads() throws IOException {
    Path input = folder.resolve("texts.jsonl");
    Files.writeString(input, "{\"text\": \"one two three\"}\n".repeat(2_000) + "this is no JSON\n");
    Path tokenizer =
        Files.copy(Tokenizers.bundledBertUncasedFile(), folder.resolve("tokenizer.json"));
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            full(100, "Broken pipe"),
            new PrintWriter(err),
            "tokenize",
            "--tokenizer",
            tokenizer.toString(),
            "--input",
            input.toString());
    assertThat(status).as("the last line was not reached: %s", err).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDeviceFailsTheProcess() throws IOException, InterruptedException {
    Process process =
        Cli.process("params", "--preset", "mini-bert")
            .redirectOutput(new File("/dev/full"))
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(err)
        .isEqualTo("albert: standard output can't be written: No space left on device\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessWhoseReaderHasGoneEndsQuietly() throws IOException, InterruptedException {
    Process process = Cli.process("params", "--preset", "mini-bert").start();
    process.getInputStream().close();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(141);
    assertThat(err).isEmpty();
  }
}
