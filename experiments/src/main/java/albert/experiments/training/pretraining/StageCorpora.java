package albert.experiments.training.pretraining;

import albert.datasets.pretraining.CorpusFormat;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Sha256;
import albert.experiments.checkpoint.TokenizerIdentity;
import albert.experiments.compress.UnlabelledText;
import albert.experiments.config.PretrainingStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts that studies pretrain on. Each is hashed once.
 *
 * @param data the folder of the data sets
 * @param hashes by path
 */
record StageCorpora(Path data, Map<String, String> hashes) {

  private static final String FILE = "wordnet.txt";

  /** Neighbours are of one lexicographer file, and so of one subject. */
  private static final int GLOSSES_A_DOCUMENT = 16;

  StageCorpora(Path data) {
    this(data, new ConcurrentHashMap<>());
  }

  /** What a stage reads. */
  List<DataFingerprint> fingerprints(PretrainingStage stage) throws IOException {
    List<DataFingerprint> read = new ArrayList<>();
    read.add(fingerprint("corpus", stage.corpus(), stage));
    if (!stage.additionalCorpus().isEmpty()) {
      read.add(fingerprint("additional corpus", stage.additionalCorpus(), stage));
    }
    if (!stage.tokenizer().isEmpty()) {
      read.add(
          DataFingerprint.of(
              "tokenizer", sha256(Path.of(stage.tokenizer())), Map.of(), stage.tokenizer()));
    }
    return read;
  }

  /**
   * The texts to train on.
   *
   * @param folder where they are written if they arrive with the program
   */
  Path corpus(PretrainingStage stage, Path folder) throws IOException {
    if (!stage.corpus().equals(PretrainingStage.WORDNET)) {
      return find(stage.corpus());
    }
    Path file = folder.resolve(FILE);
    AtomicFiles.writeText(file, glosses());
    return file;
  }

  /** More texts. */
  Optional<Path> additional(PretrainingStage stage) {
    return stage.additionalCorpus().isEmpty()
        ? Optional.empty()
        : Optional.of(find(stage.additionalCorpus()));
  }

  /** Which tokenizer a file is. */
  String sha256(Path file) {
    return hashes.computeIfAbsent(
        file.toString(),
        name -> {
          try {
            return TokenizerIdentity.of(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private DataFingerprint fingerprint(String name, String corpus, PretrainingStage stage)
      throws IOException {
    CorpusFormat format = stage.config().corpusFormat();
    String key = corpus + " " + format;
    String known = hashes.get(key);
    if (known == null) {
      known = hash(corpus, format);
      hashes.put(key, known);
    }
    return DataFingerprint.of(name, known, Map.of(), corpus);
  }

  private String hash(String corpus, CorpusFormat format) throws IOException {
    if (corpus.equals(PretrainingStage.WORDNET)) {
      return Sha256.of(glosses());
    }
    return CorpusSha256.of(find(corpus), format);
  }

  /** In the folder of the data sets, else where the path itself leads. */
  private Path find(String corpus) {
    Path inData = data.resolve(corpus);
    return Files.exists(inData) ? inData : Path.of(corpus);
  }

  /** A sentence a line, a blank line between documents: definitions, each before its examples. */
  private static String glosses() {
    StringBuilder text = new StringBuilder();
    List<String> glosses = UnlabelledText.wordNet().texts();
    for (int i = 0; i < glosses.size(); i++) {
      text.append(i > 0 && i % GLOSSES_A_DOCUMENT == 0 ? "\n" : "");
      for (String sentence : glosses.get(i).split("; (?=\")", -1)) {
        text.append(sentence.strip()).append('\n');
      }
    }
    return text.toString();
  }
}
