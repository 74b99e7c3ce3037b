package albert.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of nvidia-smi, by programs that stand for it. */
final class NvidiaSmiTest {

  @TempDir private Path folder;

  private NvidiaSmi answer(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("smi"), "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return NvidiaSmi.ask(program.toString());
  }

  @Test
  void everyLineIsAGpu() throws IOException {
    NvidiaSmi smi =
        answer(
            """
            echo 'NVIDIA A100-SXM4-40GB, 40960, 1024, 550.54.14'
            echo 'NVIDIA GH200 480GB, [N/A], 3, 550.54.14'
            """);
    assertThat(smi.problem()).isEmpty();
    assertThat(smi.cards())
        .containsExactly(
            new NvidiaSmi.Card("NVIDIA A100-SXM4-40GB", 40L << 30, 1L << 30, "550.54.14"),
            new NvidiaSmi.Card("NVIDIA GH200 480GB", 0, 3L << 20, "550.54.14"));
  }

  @Test
  void itIsAskedForWhatIsRead() throws IOException {
    Path asked = folder.resolve("asked");
    answer("echo \"$@\" > " + asked);
    assertThat(Files.readString(asked))
        .isEqualTo(
            "--query-gpu=name,memory.total,memory.used,driver_version"
                + " --format=csv,noheader,nounits\n");
  }

  @Test
  void itsAbsenceAndItsFailureAreSaid() throws IOException {
    NvidiaSmi absent = NvidiaSmi.ask(folder.resolve("nowhere").toString());
    assertThat(absent.cards()).isEmpty();
    assertThat(absent.problem()).isEqualTo("there is no " + folder.resolve("nowhere"));
    NvidiaSmi failed = answer("echo 'NVIDIA-SMI has failed because of the driver'; exit 9");
    assertThat(failed.cards()).isEmpty();
    assertThat(failed.problem()).isEqualTo("NVIDIA-SMI has failed because of the driver");
    assertThat(answer("exit 9").problem()).isEqualTo("it fails");
    assertThat(answer("echo a, b").problem()).isEqualTo("it says 'a, b'");
  }
}
