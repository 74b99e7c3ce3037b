package albert.experiments.compress;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.EncodedExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.compress.UnlabelledText.Encoded;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which texts are encoded. */
final class UnlabelledTextTest {
  private static final int TEXTS = 200;

  /** Texts that are different numbers of the same word. */
  private static final UnlabelledText ALL =
      new UnlabelledText("numbers", IntStream.range(1, TEXTS + 1).mapToObj("a "::repeat).toList());

  @Test
  void allWhereNoMoreAreThere() {
    Encoded encoded = encoded(1_000, 1);
    assertThat(encoded.heldOut()).hasSize(TEXTS / 20);
    assertThat(lengths(encoded.train())).hasSize(TEXTS - TEXTS / 20);
    assertThat(lengths(encoded.train())).doesNotContainAnyElementsOf(lengths(encoded.heldOut()));
  }

  @Test
  void ofMoreTheSeedDrawsSome() {
    Encoded all = encoded(1_000, 1);
    Encoded some = encoded(30, 1);
    assertThat(some.train()).hasSize(30);
    assertThat(lengths(some.train())).hasSize(30).isSubsetOf(lengths(all.train()));
    assertThat(lengths(some.heldOut())).isEqualTo(lengths(all.heldOut()));
    assertThat(lengths(encoded(30, 1).train())).isEqualTo(lengths(some.train()));
    assertThat(lengths(encoded(30, 2).train())).isNotEqualTo(lengths(some.train()));
  }

  private static Encoded encoded(int most, long seed) {
    try (Tokenizer tokenizer =
        Tokenizers.open(new PretrainedModels().get(PretrainedModels.MINILM).requireTokenizer())) {
      return ALL.encode(tokenizer, 512, most, seed);
    }
  }

  private static Set<Integer> lengths(List<EncodedExample> texts) {
    return texts.stream()
        .map(text -> Arrays.stream(text.sequence().inputIds()).sum())
        .collect(Collectors.toSet());
  }
}
