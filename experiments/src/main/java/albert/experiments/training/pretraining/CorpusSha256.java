package albert.experiments.training.pretraining;

import albert.datasets.pretraining.Corpus;
import albert.datasets.pretraining.CorpusFormat;
import albert.datasets.pretraining.RecordExamples;
import albert.evaluation.record.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which texts, or which TFRecord files of examples, lie in a folder: 64 hexadecimal digits. */
final class CorpusSha256 {

  private CorpusSha256() {}

  /**
   * Reads all of it.
   *
   * @throws albert.datasets.DataFormatException if there is nothing in it
   */
  static String of(Path root, CorpusFormat format) throws IOException {
    List<Path> records = Files.isDirectory(root) ? RecordExamples.files(root) : List.of();
    if (records.isEmpty()) {
      return Corpus.of(root, format).sha256();
    }
    StringBuilder all = new StringBuilder();
    for (Path file : records) {
      all.append(Sha256.of(file));
    }
    return Sha256.of(all.toString());
  }
}
