package albert.model.io.pytorch;

import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of tensors. A pickle is a program, and it can name any class and have it called
 * with any arguments; here only the instructions that a state dict needs are carried out, and only
 * what {@link TorchName} lists is made. Whatever the library would look up by a name, construct or
 * call (its register of constructors, {@code __setstate__} by reflection) is never reached: every
 * instruction that does so is handled here or refused.
 */
final class TensorUnpickler extends Unpickler {
  /** Bytes of pickles in a file: that of a model of a thousand layers has about two million. */
  static final long MOST_BYTES = 1 << 26;

  // an instruction leaves an object of some 50 bytes at most, a tensor takes about 40 of them
  private static final int MOST_INSTRUCTIONS = 2_000_000;
  private static final int LONGEST_TEXT = 1 << 16;

  /** Instructions that make plain values or move them, and are the library's. */
  private static final BitSet PLAIN = new BitSet();

  static {
    for (short opcode :
        new short[] {
          Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.BINFLOAT,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.APPENDS,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPERSID
        }) {
      PLAIN.set(opcode);
    }
  }

  private final CountedStream from;
  private int instructions;

  private TensorUnpickler(CountedStream from) {
    this.from = from;
  }

  /**
   * Reads the next pickle of a stream, and no byte more.
   *
   * @return a number, a text, a tensor, a {@link Storage}, or a list, an array (a tuple) or a map
   *     of these, whose keys are texts
   * @throws FormatProblem if it is not sound or has more than these
   * @throws IOException if it can't be read
   */
  static Object read(CountedStream from) throws IOException {
    try {
      return new TensorUnpickler(from).load(from);
    } catch (FormatProblem e) {
      throw e;
    } catch (EOFException e) {
      throw new FormatProblem("a pickle is cut short");
    } catch (RuntimeException e) {
      // the library's word for what does not fit together
      throw new FormatProblem(
          "a pickle is not sound: " + ModelFileException.quote(String.valueOf(e.getMessage())));
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    if (++instructions > MOST_INSTRUCTIONS) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "a pickle has more than the %d instructions allowed",
              MOST_INSTRUCTIONS));
    }
    if (PLAIN.get(opcode)) {
      return Objects.requireNonNull(super.dispatch(opcode));
    }
    switch (opcode) {
      case Opcodes.GLOBAL -> stack.add(TorchName.of(line(), line()));
      case Opcodes.STACK_GLOBAL -> {
        String name = text(stack.pop());
        stack.add(TorchName.of(text(stack.pop()), name));
      }
      case Opcodes.REDUCE -> call();
      case Opcodes.BUILD -> build();
      case Opcodes.EMPTY_DICT -> stack.add(TorchName.ORDERED_DICT.construct(new Object[0]));
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(Arrays.asList(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
      case Opcodes.BINUNICODE -> stack.add(utf8(length()));
      case Opcodes.SHORT_BINUNICODE -> stack.add(utf8(from.bytes(1)[0] & 0xff));
      case Opcodes.BINSTRING -> stack.add(latin1(length()));
      case Opcodes.SHORT_BINSTRING -> stack.add(latin1(from.bytes(1)[0] & 0xff));
      default ->
          throw new FormatProblem(
              String.format(
                  Locale.ROOT,
                  "a pickle has the instruction 0x%02x, which tensors do not need",
                  opcode));
    }
    return NO_RETURN_VALUE;
  }

  @Override
  protected Object persistentLoad(Object id) {
    return Storage.of(id);
  }

  private void call() {
    Object arguments = stack.pop();
    if (!(stack.pop() instanceof TorchName called) || !(arguments instanceof Object[] values)) {
      throw new FormatProblem("it calls something that is not a name");
    }
    stack.add(called.construct(values));
  }

  /** A module's state dict has metadata as an attribute, which nothing here needs. */
  private void build() {
    if (!(stack.pop() instanceof Map<?, ?>) || !(stack.peek() instanceof Map<?, ?>)) {
      throw new FormatProblem("it sets attributes of something else than a dictionary");
    }
  }

  private void put(List<Object> items) {
    if (!(stack.peek() instanceof Map<?, ?> map) || items.size() % 2 != 0) {
      throw new FormatProblem("it puts items into something else than a dictionary");
    }
    @SuppressWarnings("unchecked") // every map is made here, with these types
    Map<String, Object> dictionary = (Map<String, Object>) map;
    for (int i = 0; i < items.size(); i += 2) {
      dictionary.put(text(items.get(i)), items.get(i + 1));
    }
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new FormatProblem("it has something else where a text belongs");
  }

  private int length() throws IOException {
    byte[] bytes = from.bytes(Integer.BYTES);
    int length = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      length = length << 8 | (bytes[i] & 0xff);
    }
    if (length < 0 || length > LONGEST_TEXT) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "it has a text of %s bytes, allowed are %d",
              Integer.toUnsignedString(length),
              LONGEST_TEXT));
    }
    return length;
  }

  private String utf8(int length) throws IOException {
    return new String(from.bytes(length), StandardCharsets.UTF_8);
  }

  private String latin1(int length) throws IOException {
    return new String(from.bytes(length), StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = from.bytes(1)[0]; value != '\n'; value = from.bytes(1)[0]) {
      if (line.size() == LONGEST_TEXT) {
        throw new FormatProblem("it has a name without an end");
      }
      line.write(value);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** The entries of a dictionary that should be one. */
  static Map<?, ?> dictionary(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new FormatProblem(what + " is no dictionary");
  }

  /** The texts of a list that should be one. */
  static List<String> texts(Object value, String what) {
    if (!(value instanceof List<?> list)) {
      throw new FormatProblem(what + " is no list");
    }
    List<String> texts = new ArrayList<>();
    list.forEach(element -> texts.add(text(element)));
    return texts;
  }
}
