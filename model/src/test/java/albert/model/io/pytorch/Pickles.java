package albert.model.io.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of torch.save put together by hand, around a pickle that PyTorch would not write. */
final class Pickles {
  /** The global, and what a persistent id of four values at key '0' looks like, in protocol 2. */
  static final String STORAGE =
      "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\4tQ";

  private Pickles() {}

  /** A text as a pickle has it. */
  static String text(String text) {
    return "X" + (char) text.length() + "\0\0\0" + text;
  }

  /** A tensor of the storage with the four values. */
  static String tensor(String offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n("
        + STORAGE
        + offset
        + shape
        + strides
        + "\u0089ccollections\nOrderedDict\n)RtR";
  }

  /** A dictionary with one item called a. */
  static String dictionary(String value) {
    return "\u0080\2}" + text("a") + value + "s.";
  }

  /** An archive with the pickle and one storage of the values 0, 1, 2, 3. */
  static Path zip(Path file, String pickle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", bytes(pickle));
    entries.put("a/data/0", values());
    return zip(file, entries);
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> one : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(one.getKey());
        CRC32 crc = new CRC32();
        crc.update(one.getValue());
        entry.setSize(one.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(one.getValue());
      }
    }
    return file;
  }

  /** The form before, with the same storage. */
  static Path legacy(Path file, String pickle) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        bytes(
            "\u0080\2\u008a\12l\u00fc\u009cF\u00f9 j\u00a8P\31.\u0080\2M\u00e9\3.\u0080\2}"
                + text("little_endian")
                + "\u0088s."
                + pickle
                + "\u0080\2]"
                + text("0")
                + "a."));
    all.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(4).array());
    all.writeBytes(values());
    return Files.write(file, all.toByteArray());
  }

  private static byte[] values() {
    ByteBuffer values = ByteBuffer.allocate(4 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(0).putFloat(1).putFloat(2).putFloat(3);
    return values.array();
  }

  static byte[] bytes(String pickle) {
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }
}
