package albert.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import albert.experiments.cli.Cli;
import albert.model.runtime.Hardware;
import albert.model.runtime.gpu.Gpus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This machine, with folders that are made up. */
final class DoctorTest {

  @TempDir private Path folder;

  @Test
  void thisMachineIsDescribed() throws IOException {
    Files.createDirectories(folder.resolve("driver/nvidia"));
    Files.writeString(
        folder.resolve("driver/nvidia/version"),
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 2023\n");
    Diagnosis diagnosis =
        new Doctor(
                folder.resolve("data"),
                Map.of("ALBERT_CACHE", folder.resolve("cache").toString()),
                folder,
                folder.resolve("smi").toString())
            .examine(Map.of("albert", "1"));
    Findings found = diagnosis.found();
    assertThat(diagnosis.usable()).isTrue();
    assertThat(found.machine().cores()).isEqualTo(Hardware.detect().cores());
    assertThat(found.machine().availableBytes()).isBetween(1L, found.machine().memoryBytes());
    assertThat(found.auto().device()).isEqualTo(Gpus.detect().present() ? "gpu" : "cpu");
    assertThat(found.tensorFlow().devices()).isNotEmpty();
    assertThat(found.gpu().driver()).isEqualTo("535.129.03");
    assertThat(found.gpu().smi().problem()).isEqualTo("there is no " + folder.resolve("smi"));
    assertThat(found.software()).containsEntry("albert", "1").containsKey("java");
    assertThat(found.folders())
        .extracting(FolderState::path)
        .contains(folder.resolve("cache/features").toString());
    assertThat(diagnosis.advice())
        .extracting(Advice::problem)
        .contains("the folder of data sets " + folder.resolve("data") + " is not there");
  }

  @Test
  void aFolderThatIsNotThereIsThatOfTheFolderAbove() throws IOException {
    FolderState absent = FolderState.of("cache", folder.resolve("a/b/c"), "");
    assertThat(absent.exists()).isFalse();
    assertThat(absent.writable()).isTrue();
    assertThat(absent.freeBytes()).isPositive();
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(FolderState.of("cache", file.resolve("below"), "").writable()).isFalse();
    assertThat(FolderState.of("cache", folder, "").exists()).isTrue();
  }

  @Test
  void theCommandPrintsTextOrJson() throws IOException {
    Cli text = Cli.run("doctor", "--data", folder.toString());
    assertThat(text.status()).isZero();
    assertThat(text.out()).contains("auto takes", "TensorFlow lists", "/device:CPU:0", "java ");
    assertThat(text.err()).isEmpty();
    Cli json = Cli.run("doctor", "--data", folder.toString(), "--json");
    assertThat(json.status()).isZero();
    JsonNode root = JsonMapper.builder().build().readTree(json.out());
    assertThat(root.get("usable").asBoolean()).isTrue();
    JsonNode found = root.get("found");
    assertThat(found.get("auto").get("precision").asText()).isIn("float32", "bfloat16", "float16");
    assertThat(found.get("tensor_flow").get("devices").get(0).get("type").asText())
        .isEqualTo("CPU");
    assertThat(found.get("gpu").has("libraries")).isTrue();
    assertThat(found.get("software").get("albert").asText()).isNotEmpty();
  }

  /** Bad input before work: a usage error. */
  @Test
  void aGpuThatIsNotThereIsRefused() {
    Cli cli = Cli.run("bench", "--preset", "mini-albert", "--device", "gpu", "--seconds", "0.01");
    if (Gpus.detect().present()) {
      assertThat(cli.status()).isZero();
    } else {
      assertThat(cli.status()).isEqualTo(2);
      assertThat(cli.err())
          .startsWith("albert: device is gpu, but " + Gpus.detect().obstacle())
          .hasLineCount(1);
    }
  }
}
