package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the examples of FIPS 180-4, and GNU sha256sum. */
final class Sha256Test {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @Test
  void textsAndFilesHaveThePublishedHash() throws IOException {
    assertThat(Sha256.of("abc")).isEqualTo(ABC);
    assertThat(Sha256.bytesOf("abc")).startsWith(0xba, 0x78).hasSize(32);
    assertThat(Sha256.of(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(ABC);
    assertThat(Sha256.of(Files.writeString(folder.resolve("a"), "a".repeat(1_000_000))))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assertThat(Sha256.of("é"))
        .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  }

  @Test
  void partsAreHashedWithTheirLengths() {
    String lengthAndText = "\0\0\0\0\0\0\0\003abc";
    assertThat(new Sha256().add("abc").hex()).isEqualTo(Sha256.of(lengthAndText));
    assertThat(new Sha256().add("ab").add("c").hex())
        .isNotEqualTo(new Sha256().add("a").add("bc").hex());
    assertThat(new Sha256().add(new byte[] {'a'}).hex()).isEqualTo(new Sha256().add("a").hex());
    assertThat(new Sha256().add(0x6162L).hex())
        .isEqualTo(
            Sha256.of(new String(new byte[] {0, 0, 0, 0, 0, 0, 'a', 'b'}, StandardCharsets.UTF_8)));
  }
}
