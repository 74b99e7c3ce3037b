package albert.model.io.pytorch;

import static albert.model.io.pytorch.Pickles.STORAGE;
import static albert.model.io.pytorch.Pickles.dictionary;
import static albert.model.io.pytorch.Pickles.tensor;
import static albert.model.io.pytorch.Pickles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.io.file.ModelFileException;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pickle is a program: what is not a dictionary of tensors is refused before it does anything.
 */
class HostilePicklesTest {
  private static final String FOUR = "K\4\u0085";
  private static final String ONE = "K\1\u0085";
  private static final String OUTSIDE = "allowed are only tensors, their storages and OrderedDict";

  @TempDir private Path temporary;

  static Stream<Arguments> programs() {
    String elsewhere = "a pickle has the instruction 0x";
    return Stream.of(
        named("os.system", "cos\nsystem\n" + text("touch x") + "\u0085R", "'os.system'"),
        named("posix.system", "cposix\nsystem\n" + text("x") + "\u0085R", "'posix.system'"),
        named("eval", "c__builtin__\neval\n" + text("1") + "\u0085R", "'__builtin__.eval'"),
        named("by the stack", text("builtins") + text("exec") + "\u0093", "'builtins.exec'"),
        named(
            "a name in a name",
            text("torch") + text("_utils._rebuild_tensor_v2") + "\u0093",
            "'torch._utils._rebuild_tensor_v2', " + OUTSIDE),
        named("getattr", "c__builtin__\ngetattr\n", "'__builtin__.getattr'"),
        named("what the library knows", "cdatetime\ndatetime\n", "'datetime.datetime'"),
        named("a set", "c__builtin__\nset\n]\u0085R", "'__builtin__.set'"),
        named("bytearray", "c__builtin__\nbytearray\n", "'__builtin__.bytearray'"),
        named("a registered constructor", "calbert\nplanted\n)R", "'albert.planted'"),
        named("a class of ours", "c__main__\nModel\n)R", "'__main__.Model'"),
        named("a name with a line end", text("a\n") + text("b") + "\u0093", "'a\\u000a.b'"),
        named("INST", "(ios\nsystem\n", elsewhere + "69"),
        named("OBJ", "(cos\nsystem\no", "'os.system'"),
        named("OBJ alone", "(ccollections\nOrderedDict\no", elsewhere + "6f"),
        named("NEWOBJ", "ccollections\nOrderedDict\n)\u0081", elsewhere + "81"),
        named("NEWOBJ_EX", "ccollections\nOrderedDict\n)}\u0092", elsewhere + "92"),
        named("EXT1", "\u0082\1", elsewhere + "82"),
        named("EXT2", "\u0083\1\0", elsewhere + "83"),
        named("EXT4", "\u0084\1\0\0\0", elsewhere + "84"),
        named("PERSID", "P0\n", elsewhere + "50"),
        named("bytes", "B\377\377\377\177", elsewhere + "42"),
        named("long bytes", "\u008e\377\377\377\377\377\377\377\177", elsewhere + "8e"),
        named("a long number", "\u008b\377\377\377\177", elsewhere + "8b"),
        named("a frozen set", "(\u0091", elsewhere + "91"),
        named("a buffer", "\u0097", elsewhere + "97"),
        named("a call of a storage", "ctorch\nFloatStorage\n)R", "it calls the storage"),
        named("a call of a text", text("x") + ")R", "it calls something that is not a name"),
        named(
            "a call without a tuple",
            "ccollections\nOrderedDict\n]R",
            "it calls something that is not"),
        named(
            "an OrderedDict of numbers",
            "ccollections\nOrderedDict\nK\1\u0085R",
            "OrderedDict has arguments of another kind"),
        named(
            "a tensor of a text",
            "ctorch._utils\n_rebuild_tensor_v2\n" + text("x") + "\u0085R",
            "_rebuild_tensor_v2 has arguments of another kind"),
        named(
            "a parameter of none",
            "ctorch._utils\n_rebuild_parameter\nN\u0088}\u0087R",
            "_rebuild_parameter has arguments of another kind"),
        named("__setstate__", tensor("K\0", FOUR, ONE) + "}b", "it sets attributes of something"),
        named("__setstate__ of a name", "ctorch\nFloatStorage\n}b", "it sets attributes of some"),
        named("a state that is no dictionary", "}" + text("x") + "b", "it sets attributes"),
        named("an id that is a text", text("x") + "Q", "a persistent id is no storage"),
        named(
            "an id of a module", "(" + text("module") + "NNNNtQ", "a persistent id is no storage"),
        named(
            "an id of a long storage",
            "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + "NJ\377\377\377\177tQ",
            "is no tensor"),
        named("a key that is a list", "}]Ns", "something else where a text belongs"),
        named("items of a list", "]" + text("x") + "Ns", "it puts items into something else"),
        named("a text that is not there", "X\377\377\377\177", "it has a text of 2147483647 bytes"),
        named("a text of a negative length", "X\0\0\0\377", "it has a text of 4278190080 bytes"),
        named("an end without a beginning", "t", "a pickle is not sound"),
        named("a memo that is empty", "h\7", "a pickle is not sound"),
        named("nothing to take", "\u0085", "a pickle is not sound"),
        named("a later protocol", "\u0080\11", "a pickle is not sound"));
  }

  private static Arguments named(String name, String program, String words) {
    return Arguments.of(name, program, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void aProgramIsRefused(String name, String program, String words) throws IOException {
    boolean[] called = {false};
    Unpickler.registerConstructor(
        "albert",
        "planted",
        arguments -> {
          called[0] = true;
          return "planted";
        });
    assertRefused(Pickles.zip(temporary.resolve("zip.bin"), dictionary(program)), words);
    assertRefused(Pickles.legacy(temporary.resolve("old.bin"), dictionary(program)), words);
    assertThat(called[0]).isFalse();
  }

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of("K\0", FOUR, ONE, true),
        Arguments.of("K\1", "K\3\u0085", ONE, true),
        Arguments.of("K\0", "K\2K\2\u0086", "K\1K\2\u0086", true),
        Arguments.of("K\0", ")", ")", true),
        Arguments.of("K\4", "K\0\u0085", ONE, true),
        Arguments.of("K\1", FOUR, ONE, false),
        Arguments.of("K\0", "K\5\u0085", ONE, false),
        Arguments.of("K\0", "K\2\u0085", FOUR, false),
        Arguments.of("K\0", FOUR, "K\0\u0085", false),
        Arguments.of("K\0", "K\2K\2\u0086", "K\1K\1\u0086", false),
        Arguments.of("K\0", "J\377\377\377\377\u0085", ONE, false),
        Arguments.of("J\377\377\377\377", FOUR, ONE, false),
        Arguments.of("K\3", FOUR, "J\377\377\377\377\u0085", false),
        Arguments.of("K\0", FOUR, ")", false),
        Arguments.of("K\0", "K\2\u0085", "\u008a\10\0\0\0\0\0\0\0\177\u0085", false),
        Arguments.of("K\0", "\u008a\10\0\0\0\0\0\0\0\177\u0085", ONE, false),
        Arguments.of("K\0", "\u008a\11\0\0\0\0\0\0\0\0\1\u0085", ONE, false),
        Arguments.of("K\0", text("x") + "\u0085", ONE, false),
        Arguments.of("N", FOUR, ONE, false));
  }

  @ParameterizedTest
  @MethodSource("views")
  void aTensorLiesInItsStorageAndHasItsOwnValues(
      String offset, String shape, String strides, boolean sound) throws IOException {
    String pickle = dictionary(tensor(offset, shape, strides));
    for (Path file :
        List.of(
            Pickles.zip(temporary.resolve("zip.bin"), pickle),
            Pickles.legacy(temporary.resolve("old.bin"), pickle))) {
      if (sound) {
        PytorchFile opened = PytorchFile.open(file);
        assertThat(opened.read("a").shape()).isEqualTo(opened.shapes().get("a"));
      } else {
        assertRefused(file, "");
      }
    }
  }

  @Test
  void aTransposedTensorAndAViewOfAStorageAreReadInOrder() throws IOException {
    Path turned = temporary.resolve("turned.bin");
    Pickles.zip(turned, dictionary(tensor("K\0", "K\2K\2\u0086", "K\1K\2\u0086")));
    assertThat(PytorchFile.open(turned).read("a"))
        .isEqualTo(FloatTensor.of(new float[] {0, 2, 1, 3}, 2, 2));
    Path viewed = temporary.resolve("viewed.bin");
    String view = STORAGE.replace("K\4tQ", "K\4" + text("9") + "K\1K\2\u0087tQ");
    Pickles.legacy(viewed, dictionary(tensor("K\1", ONE, ONE).replace(STORAGE, view)));
    assertThat(PytorchFile.open(viewed).read("a")).isEqualTo(FloatTensor.of(new float[] {2}, 1));
    Pickles.legacy(viewed, dictionary(tensor("K\2", ONE, ONE).replace(STORAGE, view)));
    assertRefused(viewed, "in a storage of 2");
  }

  /** Python 2 wrote texts of bytes, and an OrderedDict as a list of pairs. */
  @Test
  void whatPython2WroteIsRead() throws IOException {
    String pickle =
        "\u0080\2ccollections\nOrderedDict\n](](U\1a" + tensor("K\0", FOUR, ONE) + "ee\u0085R.";
    Path file = Pickles.legacy(temporary.resolve("old.bin"), pickle);
    assertThat(PytorchFile.open(file).read("a"))
        .isEqualTo(FloatTensor.of(new float[] {0, 1, 2, 3}, 4));
  }

  /** A list with itself in it twice, again and again, stands for more than could be walked. */
  @Test
  void whatRefersToItselfEndsAtOnce() throws IOException {
    StringBuilder pickle = new StringBuilder("(]q\0");
    for (int i = 1; i < 200; i++) {
      pickle.append("](h").append((char) (i - 1)).append('h').append((char) (i - 1)).append("eq");
      pickle.append((char) i);
    }
    assertRefused(
        Pickles.zip(temporary.resolve("zip.bin"), dictionary(pickle + "t")), "is no tensor");
    assertRefused(
        Pickles.zip(temporary.resolve("zip.bin"), dictionary("]q\0h\0a")), "is no tensor");
    assertRefused(
        Pickles.zip(temporary.resolve("zip.bin"), dictionary("]".repeat(3_000_000))),
        "more than the 2000000 instructions allowed");
  }

  @Test
  void archivesThatAreNoneOfPytorchAreRefused() throws IOException {
    Path file = temporary.resolve("zip.bin");
    byte[] pickle = Pickles.bytes(dictionary(tensor("K\0", FOUR, ONE)));
    assertRefused(Pickles.zip(file, Map.of("x", new byte[1])), "with 0 data.pkl, needed is 1");
    Map<String, byte[]> two = new LinkedHashMap<>();
    two.put("a/data.pkl", pickle);
    two.put("b/data.pkl", pickle);
    assertRefused(Pickles.zip(file, two), "with 2 data.pkl, needed is 1");
    assertRefused(
        Pickles.zip(file, Map.of("a/data.pkl", pickle)),
        "storage '0' should have 16 bytes, but is not there");
    assertRefused(
        Pickles.zip(file, Map.of("a/data.pkl", pickle, "a/data/0", new byte[12])),
        "storage '0' should have 16 bytes, but has 12");
    assertRefused(
        Pickles.zip(file, Map.of("../a/data.pkl", pickle, "../a/data/0", new byte[16])),
        "with 0 data.pkl");
  }

  /** Many tensors of one storage: a small file must not become a large model. */
  @Test
  void tensorsThatShareTooMuchAreRefused() throws IOException {
    String large = "J\0\0\4\0";
    String tensor = tensor("K\0", large + "\u0085", ONE).replace("K\4tQ", large + "tQ");
    StringBuilder pickle = new StringBuilder("\u0080\2}" + text("0") + tensor + "q\1s");
    for (int i = 1; i < 60; i++) {
      pickle.append(text(Integer.toString(i))).append("h\1s");
    }
    Path file = temporary.resolve("zip.bin");
    byte[] values = new byte[4 << 18];
    Pickles.zip(file, Map.of("a/data.pkl", Pickles.bytes(pickle + "."), "a/data/0", values));
    assertThat(PytorchFile.open(file).shapes()).hasSize(60);
    for (int i = 60; i < 70; i++) {
      pickle.append(text(Integer.toString(i))).append("h\1s");
    }
    Pickles.zip(file, Map.of("a/data.pkl", Pickles.bytes(pickle + "."), "a/data/0", values));
    assertRefused(file, "allowed are 64 times as many");
  }

  private static void assertRefused(Path file, String words) {
    assertThatThrownBy(() -> PytorchFile.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1);
  }
}
