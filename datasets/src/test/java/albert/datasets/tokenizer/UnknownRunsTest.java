package albert.datasets.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.sentencepiece.SpTokenizer;
import albert.datasets.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That leaving out the middle of a long unknown run is never seen. */
final class UnknownRunsTest {
  private static final String[] PARTS = {
    "\u4e2d",
    "\u6587",
    "\ud83d\ude00",
    "\ud55c\uad6d",
    "\u1100",
    "\u0e2a\u0e34",
    "\u0436",
    "\u0430",
    "\u0915\u093f",
    "\u09be",
    "\u00df",
    "\u01c4",
    "\u0345",
    "\ufb01",
    "\uff21",
    "\u200d",
    "\u3099",
    "\u304b",
    "\ufffd",
    "2019,",
    " ",
    "tea",
    "\u2581",
    "\u03a3",
    "\ud835\udd38",
    "\u2603\ufe0f"
  };

  private static Path model() {
    return TestData.external("vocab/albert/30k-clean.model");
  }

  @Test
  void theIdsAreThoseOfTheLibraryOnTheWholeText() throws IOException {
    try (Tokenizer tokenizer = Tokenizers.open(model());
        SpTokenizer plain = new SpTokenizer(Files.readAllBytes(model()))) {
      Random random = new Random(5);
      for (int i = 0; i < 60; i++) {
        String text = runs(random).strip();
        int[] whole = plain.getProcessor().encode(prepared(text));
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(whole);
        TokenizedText placed = tokenizer.encodeWithOffsets(text);
        assertThat(placed.ids()).as(text).isEqualTo(whole);
      }
    }
  }

  @Test
  void aRunIsOnePieceThatPointsToAllOfItHoweverLongItIs() {
    try (Tokenizer tokenizer = Tokenizers.open(model())) {
      int[] ids = tokenizer.encode("tea \u4e2d\u6587 tea");
      for (int times : new int[] {1, 250, 500, 501, 1_000_000}) {
        String run = "\u4e2d\u6587".repeat(times);
        TokenizedText placed = tokenizer.encodeWithOffsets("tea " + run + " tea");
        assertThat(placed.ids()).isEqualTo(ids);
        int unknown = ids.length - 2;
        assertThat(placed.starts()[unknown]).isEqualTo("tea ".length());
        assertThat(placed.ends()[unknown]).isEqualTo("tea ".length() + run.length());
      }
    }
  }

  @Test
  void onlyTheMiddleOfALongRunIsLeftOut() {
    UnknownRuns runs = new UnknownRuns(new BitSet(), c -> c >= 0x4e00);
    int kept = UnknownRuns.KEPT;
    String face = "\ud83d\ude00";
    String run = face.repeat(2 * kept + 4);
    assertThat(runs.shorten("a" + run + "b")).isEqualTo("a" + face.repeat(2 * kept) + "b");
    assertThat(runs.middles("a" + run + "b")).isEqualTo(range(1 + 2 * kept, 9 + 2 * kept));
    String justShortEnough = "\u4e2d".repeat(2 * kept);
    assertThat(runs.shorten(justShortEnough)).isSameAs(justShortEnough);
  }

  /** Jamo become a syllable together, which a vocabulary may know where it knows no jamo. */
  @Test
  void whatJoinsTheCharacterBeforeItEndsARun() {
    UnknownRuns runs = new UnknownRuns(new BitSet(), c -> true);
    assertThat(runs.middles("\u1112\u1161".repeat(2 * UnknownRuns.KEPT)).isEmpty()).isTrue();
    assertThat(runs.middles("\u1112".repeat(3 * UnknownRuns.KEPT)).isEmpty()).isFalse();
  }

  private static BitSet range(int from, int to) {
    BitSet range = new BitSet();
    range.set(from, to);
    return range;
  }

  private static String runs(Random random) {
    StringBuilder text = new StringBuilder();
    int runs = 1 + random.nextInt(4);
    for (int run = 0; run < runs; run++) {
      String a = PARTS[random.nextInt(PARTS.length)];
      String b = PARTS[random.nextInt(PARTS.length)];
      for (int i = random.nextInt(3 * UnknownRuns.KEPT); i > 0; i--) {
        text.append(random.nextBoolean() ? a : b);
      }
    }
    return text.toString();
  }

  /** ALBERT's preparation, for texts whose combining marks are few and known. */
  private static String prepared(String text) {
    return Normalizer.normalize(WhiteSpace.collapse(text), Normalizer.Form.NFKD)
        .replaceAll("[\u0345\u3099\u030c]", "")
        .toLowerCase(Locale.ROOT);
  }
}
