package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.InputException;
import albert.experiments.checkpoint.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output that can't be written is found before any work, and named as it was given. */
final class OutputPathTest {

  @TempDir private Path folder;

  /** Every command that writes where it is told; PLAIN is a file, so that nothing is under it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "encode --model absent --input IN --output PLAIN/out.safetensors",
        "encode --model absent --input IN --output /proc/out.safetensors",
        "encode --model absent --input IN --output FOLDER",
        "encode --model absent --input IN --output /dev/null",
        "convert --model absent --to hf --output PLAIN/out",
        "convert --model absent --to hf --output /proc/out",
        "compress --model absent --sharing all --output PLAIN/out",
        "finetune --task wordnet --preset mini-bert --vocab-size 30522 --output PLAIN/out",
        "finetune --task wordnet --preset mini-bert --vocab-size 30522 --output PLAIN",
        "pretrain --corpus absent --output PLAIN/out",
        "pretrain --corpus absent --output FOLDER --write-examples PLAIN/out",
        "report absent --output PLAIN/out",
        "report absent --output FOLDER --records PLAIN/out.jsonl",
        "run STUDY --runs PLAIN/runs",
        "quickstart --runs PLAIN/runs",
        "quickstart --runs FOLDER --output PLAIN/out",
        "data get cola --to PLAIN/data",
        "bench --jmh --json-output PLAIN/out.json",
        "bench --sweep --output PLAIN/out",
        "bench --gpu-suite --tiny --output PLAIN/out"
      })
  void isFoundBeforeWork(String line) throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    Path study = Files.writeString(folder.resolve("s.yaml"), StudyCommandTest.STUDY);
    Path in = Files.writeString(folder.resolve("in.jsonl"), "{\"text\": \"a\"}\n");
    String[] arguments =
        line.replace("PLAIN", plain.toString())
            .replace("STUDY", study.toString())
            .replace("FOLDER", folder.toString())
            .replace(" IN ", " " + in + " ")
            .split(" ", -1);
    String output = arguments[arguments.length - 1];
    Cli cli = Cli.run(arguments);
    assertThat(cli.err())
        .startsWith("albert: " + arguments[arguments.length - 2] + " " + output + " can't be writ")
        .doesNotContain(".tmp", ".part", "Exception");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(plain).hasContent("x");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void aDiskThatFillsIsWorkThatFailed() throws IOException {
    Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
    Path target = folder.resolve("target");
    assertThatThrownBy(
            () ->
                NewFolder.write(
                    "--output",
                    target,
                    beside -> {
                      throw new IOException("cannot write " + beside + "/x: No space left");
                    }))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(InputException.class)
        .hasMessage("cannot write " + target + "/x: No space left");
    assertThat(target).doesNotExist();
    assertThat(model).isDirectory();
  }

  @Test
  void whatIsTriedLeavesNothing() throws IOException {
    OutputPath.requireFolder("--output", folder.resolve("a/b/c"));
    OutputPath.requireFile("--output", folder.resolve("a/b/c.txt"));
    assertThat(folder).isEmptyDirectory();
    Path file = Files.writeString(folder.resolve("old"), "old");
    OutputPath.requireFile("--output", file);
    assertThat(file).hasContent("old");
  }
}
