package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A run is taken up by another process only if that has the same tokenizer. */
final class TokenizerFingerprintTest {
  /** As every process computes it; sets without an order of their own vary between processes. */
  private static final String BERT_UNCASED =
      "f888938fe6d3242b10fde29f9e023983685081ff46eab10e8e810166ffbc349d";

  @Test
  void isTheSameInEveryProcess() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      assertThat(tokenizer.fingerprint()).isEqualTo(BERT_UNCASED);
    }
  }
}
