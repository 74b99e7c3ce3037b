package albert.model.io.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch wrote (see their generator), bit for bit. */
class PytorchFileTest {
  private static final Path FILES = Path.of("src/test/resources/weights/pytorch");
  private static final String WORDS = "bert.embeddings.word_embeddings.weight";
  private static final String DECODER = "cls.predictions.decoder.weight";

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "zip.bin, model",
    "legacy.bin, model",
    "parameters.bin, model",
    "transposed.bin, model",
    "transposed-legacy.bin, model",
    "one-storage.bin, model",
    "half.bin, half",
    "bfloat16.bin, bfloat16",
    "double.bin, double"
  })
  void everyFormHasTheTensorsOfSafetensors(String file, String safetensors) {
    Map<String, HostTensor> expected =
        Safetensors.open(FILES.resolve(safetensors + ".safetensors")).readAll();
    assertThat(expected).hasSizeGreaterThan(30);
    Map<String, HostTensor> got = all(PytorchFile.open(FILES.resolve(file)));
    FloatTensor decoder = (FloatTensor) got.remove(DECODER);
    if (decoder != null) {
      assertThat(decoder).isEqualTo(got.get(WORDS));
      assertThat(got.remove("cls.predictions.decoder.bias"))
          .isEqualTo(got.get("cls.predictions.bias"));
    }
    assertThat(got).isEqualTo(expected);
  }

  @Test
  void whatIsNotFloatingIsReadAsWholeNumbers() {
    assertThat(
            PytorchFile.open(FILES.resolve("old-names.bin")).read("bert.embeddings.position_ids"))
        .isEqualTo(IntTensor.of(IntStream.range(0, 12).toArray(), 1, 12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expanded.bin|a tensor of shape [1000] has the strides [0] from value 0 on in a storage of"
            + " 1: allowed are values of its own, all in the storage",
        "values.bin|'epoch' is no tensor, allowed are tensors by name",
        "deflated.bin|'zip/byteorder' is compressed, allowed is what torch.save writes",
        "big-endian.bin|byteorder is 'big', allowed is little",
        "tar.bin|it is a tar archive, as the first versions of PyTorch wrote; allowed is what later"
            + " ones write",
        "model.safetensors|it is no file of torch.save",
        "no.bin|there is no such file"
      })
  void whatIsRefusedIsSaidInALine(String file, String words) {
    assertThatThrownBy(() -> PytorchFile.open(FILES.resolve(file)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(FILES.resolve(file) + ": " + words);
  }

  @Test
  void anArchiveWithoutItsEndIsToBeFetchedAgain() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("zip.bin"));
    Path file = Files.write(temporary.resolve("cut.bin"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> PytorchFile.open(file))
        .hasMessage(file + ": it is a zip archive that is broken or cut short: fetch it again");
  }

  /** A clone without git-lfs has these in the place of weights, whatever their format. */
  @Test
  void aPointerOfGitLfsIsNamed() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("pointer"),
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 90888945\n");
    String message = file + ": it is a pointer of Git LFS and not the file itself;";
    assertThatThrownBy(() -> PytorchFile.open(file)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({"zip.bin", "legacy.bin", "transposed.bin"})
  void aFileThatIsCutShortIsRefusedWhereverItEnds(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    Path file = temporary.resolve("cut.bin");
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> PytorchFile.open(file))
          .as("%d bytes", length)
          .isInstanceOf(ModelFileException.class)
          .message()
          .hasLineCount(1);
    }
  }

  private static Map<String, HostTensor> all(PytorchFile file) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    file.shapes()
        .forEach(
            (name, shape) -> {
              HostTensor tensor = file.read(name);
              assertThat(tensor.shape()).isEqualTo(shape);
              tensors.put(name, tensor);
            });
    return tensors;
  }
}
