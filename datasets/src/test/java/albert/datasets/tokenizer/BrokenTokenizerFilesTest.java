package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizer files broken by chance: each is refused in one line, or encodes within its ids. */
final class BrokenTokenizerFilesTest {
  private static final String TEXT =
      "The naïve \ud83d\ude00 café [CLS] costs $5,000 in 2019, ﬁne\u0301.";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"vocab.txt, 2000, 1", "tokenizer.json, 1500, 2", "x.model, 25, 3"})
  void mutationsAreRefusedOrEncode(String name, int rounds, long seed) throws IOException {
    byte[] original = original(name);
    Path file = folder.resolve(name);
    SplittableRandom random = new SplittableRandom(seed);
    assertThat(opens(file, original)).as("unchanged").isTrue();
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = original.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        bytes = mutated(bytes, random);
      }
      opens(file, bytes);
    }
  }

  /** Whether the file is taken; anything but a clean error comes through. */
  private static boolean opens(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      int[] ids = tokenizer.encode(TEXT);
      assertThat(IntStream.of(ids)).allMatch(id -> id >= 0 && id < tokenizer.vocabSize());
      return true;
    } catch (DataFormatException e) {
      assertThat(String.valueOf(e.getMessage())).startsWith(file.toString());
      return false;
    }
  }

  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2_000));
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> {
        int end = Math.min(bytes.length, at + random.nextInt(1, 40));
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, shorter, at, bytes.length - end);
        return shorter;
      }
      default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0xff);
    }
    return bytes;
  }

  private static byte[] original(String name) throws IOException {
    String[] pieces = {
      "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cafe", "nai", "##ve", "cost", "##s",
      "$", "5", ",", "##0", "in", "2019", "fine", ".", "[", "]", "cl"
    };
    return switch (name) {
      case "vocab.txt" -> String.join("\n", pieces).getBytes(StandardCharsets.UTF_8);
      case "tokenizer.json" ->
          ("{\"added_tokens\":[{\"id\":2,\"content\":\"[CLS]\",\"special\":true,"
                  + "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],"
                  + "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,"
                  + "\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true},"
                  + "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
                  + "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","
                  + "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{"
                  + IntStream.range(0, pieces.length)
                      .mapToObj(id -> "\"" + pieces[id] + "\":" + id)
                      .collect(Collectors.joining(","))
                  + "}}}")
              .getBytes(StandardCharsets.UTF_8);
      default -> Files.readAllBytes(TestData.external("vocab/albert/30k-clean.model"));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"model\":"})
  void deepNestingIsRefused(String open) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), open.repeat(10_000));
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("is not JSON");
  }

  @Test
  void aNormalisationTableThatLeadsOutOfItselfIsRefused() {
    int[] units = new int[256];
    assertThat(check(units)).isTrue();
    units[7] = 300 << 10; // children beyond the end
    assertThat(check(units)).isFalse();
    units[7] = 1 << 8; // a leaf at its own place
    assertThat(check(units)).isFalse();
    units[7] = 0x80000000; // a value, which nothing follows
    assertThat(check(units)).isTrue();
    units[0] = -1;
    assertThat(check(units)).isFalse();
    assertThat(check(new int[0])).isFalse();
    assertThat(check(new int[100])).as("shorter than the labels").isFalse();
  }

  private static boolean check(int[] units) {
    ByteBuffer table =
        ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + 2).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(Integer.BYTES * units.length);
    for (int unit : units) {
      table.putInt(unit);
    }
    try {
      CharsMap.check(table.rewind());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
