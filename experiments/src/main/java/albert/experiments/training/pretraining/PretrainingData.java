package albert.experiments.training.pretraining;

import albert.datasets.DataFormatException;
import albert.datasets.pretraining.Corpus;
import albert.datasets.pretraining.CorpusExamples;
import albert.datasets.pretraining.DocumentParts;
import albert.datasets.pretraining.ExampleSettings;
import albert.datasets.pretraining.ExampleSource;
import albert.datasets.pretraining.MaskingVocabulary;
import albert.datasets.pretraining.PairObjective;
import albert.datasets.pretraining.PretrainingBatch;
import albert.datasets.pretraining.PretrainingBatch.Place;
import albert.datasets.pretraining.PretrainingBatches;
import albert.datasets.pretraining.PretrainingExample;
import albert.datasets.pretraining.RecordExamples;
import albert.datasets.pretraining.Shard;
import albert.datasets.pretraining.TokenizedCorpus;
import albert.datasets.pretraining.UnigramModel;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.training.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The examples of a pretraining: those to train on, and those held out, by objective. */
final class PretrainingData implements AutoCloseable {
  private static final String TOKENS = "tokens.bin";
  private static final String ADDITIONAL_TOKENS = "additional-tokens.bin";
  private static final String MASKING = "masking";
  private static final long HELD_OUT_SEED = 12_345;

  private final PretrainingJob job;
  private final Path folder;
  private final ExampleSettings settings;
  private final MaskingVocabulary vocabulary;
  private final List<TokenizedCorpus> open = new ArrayList<>();
  private final List<DataFingerprint> inputs;
  private final Map<PairObjective, List<PretrainingBatch>> heldOut =
      new EnumMap<>(PairObjective.class);
  private ExampleSource training;
  private DocumentParts trainingParts = new DocumentParts(List.of());

  /**
   * Reads the corpora, into files in the output folder.
   *
   * @throws DataFormatException if there is not what the objective needs
   */
  static PretrainingData open(PretrainingJob job, Path folder) throws IOException {
    PretrainingData data = new PretrainingData(job, folder);
    try {
      data.read();
      return data;
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Deletes the ids that a training that is over left in its folder. */
  static void deleteTokens(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(TOKENS));
    Files.deleteIfExists(folder.resolve(ADDITIONAL_TOKENS));
  }

  private PretrainingData(PretrainingJob job, Path folder) throws IOException {
    inputs = job.inputs();
    this.job = job;
    this.folder = folder;
    settings = job.config().exampleSettings();
    vocabulary = MaskingVocabulary.of(job.tokenizer());
    training = (seed, epoch) -> List.<PretrainingExample>of().iterator();
  }

  private void read() throws IOException {
    List<Path> records =
        Files.isDirectory(job.corpus()) ? RecordExamples.files(job.corpus()) : List.of();
    if (records.isEmpty()) {
      readTexts();
    } else {
      readRecords(records);
    }
  }

  private void readRecords(List<Path> records) throws IOException {
    if (job.additional().isPresent() || records.size() < 2) {
      throw new DataFormatException(
          job.corpus().toString(),
          job.additional().isPresent()
              ? "TFRecord files take no additional corpus"
              : "there is one TFRecord file, at least two are needed: the last is held out");
    }
    int last = records.size() - 1;
    training = new RecordExamples(records.subList(0, last), settings, vocabulary, Shard.WHOLE);
    hold(
        settings.objective(),
        new RecordExamples(records.subList(last, last + 1), settings, vocabulary, Shard.WHOLE));
  }

  private void readTexts() throws IOException {
    PretrainingConfig config = job.config();
    TokenizedCorpus corpus = tokenize(PretrainingJob.CORPUS, job.corpus(), TOKENS);
    DocumentParts.Split split =
        DocumentParts.split(corpus, config.heldOutProportion(), job.corpus().toString());
    DocumentParts train = split.train();
    @Nullable Path more = job.additional().orElse(null);
    if (more != null) {
      train =
          train.plus(
              DocumentParts.all(
                  tokenize(PretrainingJob.ADDITIONAL_CORPUS, more, ADDITIONAL_TOKENS)));
    }
    check(train);
    trainingParts = train;
    training = CorpusExamples.training(settings, vocabulary, train, Shard.WHOLE);
    if (!split.heldOut().parts().isEmpty()) {
      for (PairObjective objective : PairObjective.values()) {
        hold(
            objective,
            CorpusExamples.evaluation(
                settings.withObjective(objective), vocabulary, split.heldOut()));
      }
    }
  }

  private TokenizedCorpus tokenize(String name, Path root, String file) throws IOException {
    TokenizedCorpus tokens =
        TokenizedCorpus.open(
            folder.resolve(file),
            Corpus.of(root, job.config().corpusFormat()),
            sha256(name),
            job.tokenizer(),
            sha256(PretrainingJob.TOKENIZER));
    open.add(tokens);
    return tokens;
  }

  private void check(DocumentParts train) {
    PairObjective objective = settings.objective();
    if (objective == PairObjective.NEXT_SENTENCE && !train.hasTwoDocuments()) {
      throw new DataFormatException(
          job.corpus().toString(),
          "there is one document to train on, objective next_sentence needs two: blank lines"
              + " separate them in a file");
    }
    if (objective.hasPairs() && !train.hasTwoSentences()) {
      throw new DataFormatException(
          job.corpus().toString(),
          String.format(
              Locale.ROOT,
              "no document has two sentences, objective %s needs that: take objective none",
              objective.name().toLowerCase(Locale.ROOT)));
    }
  }

  private void hold(PairObjective objective, ExampleSource source) {
    heldOut.put(
        objective,
        PretrainingBatches.once(source, batchSettings(HELD_OUT_SEED), job.config().evalExamples()));
  }

  private PretrainingBatches.Settings batchSettings(long seed) {
    return new PretrainingBatches.Settings(
        seed,
        job.config().batchSize(),
        settings.maxPredictionsPerSeq(),
        settings.maxSeqLength(),
        job.tokenizer().specialTokens().pad(),
        job.config().shuffleBuffer());
  }

  /** Batches to train on, without end, from a place on. */
  PretrainingBatches batches(Place from) {
    return new PretrainingBatches(
        training, batchSettings(new Seeds(job.seed()).child(MASKING)), from);
  }

  /** Writes the training examples of the first epoch in the published layout. */
  void write(Path file) throws IOException {
    RecordExamples.write(
        file,
        training.epoch(new Seeds(job.seed()).child(MASKING), 0),
        settings,
        job.tokenizer().specialTokens().pad());
  }

  /** The held-out batches of an objective; none where nothing is held out. */
  List<PretrainingBatch> heldOut(PairObjective objective) {
    return heldOut.getOrDefault(objective, List.of());
  }

  /**
   * What a unigram model of the text that is trained on loses on the held-out masked tokens of the
   * objective; null where there is no text or nothing held out.
   */
  @Nullable Double unigramLoss() {
    List<PretrainingBatch> own = heldOut(settings.objective());
    return trainingParts.parts().isEmpty() || own.isEmpty()
        ? null
        : new UnigramModel(trainingParts, job.tokenizer().vocabSize()).loss(own);
  }

  /** What is read. */
  List<DataFingerprint> inputs() {
    return inputs;
  }

  private String sha256(String name) {
    return inputs.stream()
        .filter(input -> input.name().equals(name))
        .findFirst()
        .orElseThrow()
        .sha256();
  }

  @Override
  public void close() throws IOException {
    for (TokenizedCorpus corpus : open) {
      corpus.close();
    }
  }
}
