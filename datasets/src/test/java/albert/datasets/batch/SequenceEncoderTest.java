package albert.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SequenceEncoderTest {
  private static final Tokenizer BERT = Tokenizers.bundledBertUncased();

  @AfterAll
  static void close() {
    BERT.close();
  }

  @Test
  void specialTokensAndTypes() {
    SequenceEncoder encoder = new SequenceEncoder(BERT, 128);
    EncodedSequence single = encoder.encode("hello world", null);
    assertThat(single.inputIds()).containsExactly(101, 7592, 2088, 102);
    assertThat(single.tokenTypeIds()).containsExactly(0, 0, 0, 0);
    EncodedSequence pair = encoder.encode("hello", "world world");
    assertThat(pair.inputIds()).containsExactly(101, 7592, 102, 2088, 2088, 102);
    assertThat(pair.tokenTypeIds()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(encoder.encode("", "").inputIds()).containsExactly(101, 102, 102);
  }

  @Test
  void cutsAPieceAtATimeFromTheLongerPart() {
    for (int max = 3; max <= 20; max++) {
      for (int first = 0; first <= 12; first++) {
        for (int second = 0; second <= 12; second++) {
          int a = first;
          int b = second;
          while (a + b > max - 3) {
            if (a > b) {
              a--;
            } else {
              b--;
            }
          }
          EncodedSequence pair =
              new SequenceEncoder(BERT, max)
                  .encode("hello ".repeat(first), "world ".repeat(second));
          assertThat(IntStream.of(pair.inputIds()).filter(id -> id == 7592)).hasSize(a);
          assertThat(IntStream.of(pair.inputIds()).filter(id -> id == 2088)).hasSize(b);
        }
      }
    }
    assertThat(new SequenceEncoder(BERT, 5).encode("a b c d e", null).length()).isEqualTo(5);
    assertThatThrownBy(() -> new SequenceEncoder(BERT, 2))
        .hasMessageContaining("max_seq_length is 2");
  }
}
