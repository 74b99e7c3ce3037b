package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.FileRegion;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file of {@code torch.save} since PyTorch 1.6: an uncompressed zip archive with {@code
 * NAME/data.pkl}, {@code NAME/byteorder} and {@code NAME/data/KEY} for each storage (PyTorch,
 * {@code caffe2/serialize}).
 */
final class ZipArchive implements Storages {
  private static final String PICKLE = "/data.pkl";

  private final Path file;
  private final long fileSize;
  private final String root;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Object content;

  private ZipArchive(Path file, ZipFile zip) throws IOException {
    this.file = file;
    fileSize = Files.size(file);
    Set<String> roots = new TreeSet<>();
    Set<String> names = new HashSet<>();
    zip.stream()
        .forEach(
            entry -> {
              String name = entry.getName();
              if (!names.add(name)) {
                throw new FormatProblem(ModelFileException.quote(name) + " is there twice");
              }
              if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                roots.add(name.substring(0, name.length() - PICKLE.length()));
              }
              sizes.put(name, entry.getCompressedSize() == entry.getSize() ? entry.getSize() : -1);
            });
    if (roots.size() != 1) {
      throw new FormatProblem(
          "it is a zip archive with " + roots.size() + " data.pkl, needed is 1");
    }
    root = roots.iterator().next();
    if (sizes.containsKey(root + "/byteorder")) {
      checkOrder(zip);
    }
    try (InputStream in = entry(zip, root + PICKLE)) {
      content =
          TensorUnpickler.read(
              new CountedStream(new BufferedInputStream(in), TensorUnpickler.MOST_BYTES));
    }
  }

  /** Reads what an archive has beside its storages. */
  static ZipArchive open(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new ZipArchive(file, zip);
    } catch (ZipException e) {
      throw new FormatProblem("it is a zip archive that is broken or cut short: fetch it again");
    }
  }

  /** What the pickle holds. */
  Object content() {
    return content;
  }

  @Override
  public void check(Storage storage) {
    Long size = sizes.get(name(storage.key()));
    if (size == null || size != storage.bytes() || size > fileSize) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "storage %s should have %d bytes, but %s",
              ModelFileException.quote(storage.key()),
              storage.bytes(),
              size == null ? "is not there" : "has " + size));
    }
  }

  @Override
  public void into(String key, TensorEntry stretch, Dtype.Sink sink) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = entry(zip, name(key))) {
      in.skipNBytes(stretch.begin());
      FileRegion.into(file, in, stretch.end() - stretch.begin(), sink);
    }
  }

  private String name(String key) {
    return root + "/data/" + key;
  }

  private void checkOrder(ZipFile zip) throws IOException {
    try (InputStream in = entry(zip, root + "/byteorder")) {
      String order = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
      if (!order.equals("little")) {
        throw new FormatProblem(
            "byteorder is " + ModelFileException.quote(order) + ", allowed is little");
      }
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.getMethod() != ZipEntry.STORED) {
      throw new FormatProblem(
          ModelFileException.quote(name)
              + (entry == null
                  ? " is not there"
                  : " is compressed, allowed is what torch.save writes"));
    }
    return zip.getInputStream(entry);
  }
}
