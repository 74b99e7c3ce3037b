package albert.datasets.text;

import albert.datasets.task.SplitName;
import albert.evaluation.record.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** SHA-256 over examples. */
final class ExampleHash {

  private ExampleHash() {}

  /** Over the parts in their order, and every example's id, texts and labels. */
  static String of(Map<SplitName, List<TextExample>> splits) {
    MessageDigest digest = Sha256.digest();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (SplitName name : SplitName.values()) {
        List<TextExample> examples = splits.get(name);
        if (examples == null) {
          continue;
        }
        write(out, name.id());
        out.writeInt(examples.size());
        for (TextExample example : examples) {
          write(out, example.id());
          write(out, example.text());
          write(out, example.pair() == null ? "" : example.pair());
          for (double label : example.labels()) {
            out.writeDouble(label);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.hex(digest);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
