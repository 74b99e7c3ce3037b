package albert.experiments.training.finetuning;

import albert.datasets.choice.ChoiceTask;
import albert.datasets.span.SquadTask;
import albert.datasets.summary.SummaryTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Sha256;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.KeyFlips;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.evaluation.TrainedSettings;
import albert.experiments.run.OtherParts;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.choice.ChoiceKind;
import albert.experiments.task.intent.JointKind;
import albert.experiments.task.intent.ScopeKind;
import albert.experiments.task.intent.SmallIntents;
import albert.experiments.task.span.SpanKind;
import albert.experiments.task.summary.SummaryKind;
import albert.experiments.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every key of a fine-tuning changes what a fine-tuning leaves. */
final class NoDeadKeyTest {
  private static final RunSeeds SEEDS = new RunSeeds(1, 1);

  @TempDir private Path folder;
  private int trainings;

  /**
   * What a training left.
   *
   * @param files hash by name: figures, predictions, weights
   * @param underWay files that were there at the beginning of a step
   * @param runtime what it ran with
   */
  private record Trace(
      SortedMap<String, String> files, SortedSet<String> underWay, String runtime) {}

  @TestFactory
  Stream<DynamicTest> keysOfATraining() throws IOException {
    TaskSource texts = TaskSource.read(config("sst-2", new String[0]), reviews());
    String[] nothingLearnt = {"learning_rate", "1e-9", "epochs", "4"};
    return new KeyFlips(settings -> trace(texts, config("sst-2", new String[0], settings)))
        .flip("epochs", "3")
        .flip("max_steps", "4")
        .flip("max_train_examples", "10")
        .flip("batch_size", "4")
        .flip("gradient_accumulation_steps", "2")
        .flip("learning_rate", "1e-3")
        .flip("head_learning_rate", "1e-3")
        .flip("optimizer", "lamb")
        .flip("bias_correction", "false")
        .flip("weight_decay", "0.5")
        .flip("layerwise_lr_decay", "0.5")
        .flip("warmup_proportion", "0.5")
        .flip("warmup_steps", "3")
        .flip("max_grad_norm", "0.01")
        .flip("class_weights", "balanced")
        .flip("max_seq_length", "8")
        .flip("logging_steps", "2")
        .flip("eval_steps", "1")
        .flip("early_stopping_patience", "1", nothingLearnt)
        .flip("checkpoint_steps", "2")
        .flip("keep", "none")
        .flip("predict_parts", "dev")
        .flip("special_in_text", "true")
        .flip("threads", "2")
        .flip("device", "gpu")
        .flip("devices", "2")
        .flip("precision", "bfloat16")
        .tests(ConfigKeys.of(ConfigKey.Section.TRAINING));
  }

  @TestFactory
  Stream<DynamicTest> keysOfQuestions() {
    TaskSource questions =
        new TaskSource.OfKind<>(new SpanKind(), SmallQuestions.of(SquadTask.V2_0, 8, 30));
    String id = SquadTask.V2_0.id();
    String[] room = {
      "max_position_embeddings", "24", "max_seq_length", "24", "max_query_length", "8"
    };
    return new KeyFlips(settings -> trace(questions, config(id, room, settings)))
        .flip("span_head", "bert")
        .flip("doc_stride", "4")
        .flip("max_query_length", "2")
        .flip("max_answer_length", "1")
        .flip("n_best_size", "2")
        .flip("start_n_top", "1")
        .flip("end_n_top", "1")
        .flip("null_score_diff_threshold", "-1000")
        .tests(ConfigKeys.of(new SpanKind()));
  }

  @TestFactory
  Stream<DynamicTest> keysOfChoices() {
    TaskSource choices =
        new TaskSource.OfKind<>(new ChoiceKind(), SmallChoices.of(ChoiceTask.DREAM, 8, 3));
    String[] room = {"max_seq_length", "16"};
    return new KeyFlips(settings -> trace(choices, config("dream", room, settings)))
        .flip("max_qa_length", "2")
        .tests(ConfigKeys.of(new ChoiceKind()));
  }

  @TestFactory
  Stream<DynamicTest> keysOfIntentsAndSlots() throws IOException {
    String[] room = {"max_seq_length", "12"};
    TaskSource sentences = TaskSource.read(config("snips", room), intents());
    return new KeyFlips(settings -> trace(sentences, config("snips", room, settings)))
        .flip("intent_loss_weight", "0.5")
        .flip("slot_loss_weight", "2")
        .tests(ConfigKeys.of(new JointKind()));
  }

  @TestFactory
  Stream<DynamicTest> keysOfIntentsWithAScope() throws IOException {
    String[] room = {"max_seq_length", "12"};
    Path data = intents();
    return new KeyFlips(
            settings -> {
              RunConfig config = config("clinc150", room, settings);
              return trace(TaskSource.read(config, data), config);
            })
        .flip("oos_threshold", "1")
        .flip("oos_train", "true")
        .tests(ConfigKeys.of(new ScopeKind()));
  }

  /** Without labels, so that what is learnt follows the number of sentences, too. */
  @TestFactory
  Stream<DynamicTest> keysOfSummaries() {
    TaskSource documents =
        new TaskSource.OfKind<>(
            new SummaryKind(), SmallDocuments.data(SummaryTask.CNN_DAILYMAIL, 8));
    String id = SummaryTask.CNN_DAILYMAIL.id();
    String[] room = {"max_position_embeddings", "32", "max_seq_length", "32"};
    return new KeyFlips(settings -> trace(documents, config(id, room, settings)))
        .flip("summary_sentences", "1")
        .flip("trigram_blocking", "false", "summary_sentences", "7")
        .tests(ConfigKeys.of(new SummaryKind()));
  }

  private Path intents() throws IOException {
    Path data = folder.resolve("data");
    SmallIntents.writeJoint(data);
    SmallIntents.writeClinc(data);
    return data;
  }

  private static RunConfig config(String task, String[] base, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "task", task,
                "vocab_size", "30522",
                "hidden_size", "16",
                "embedding_size", "8",
                "num_hidden_layers", "2",
                "epochs", "2",
                "logging_steps", "1",
                "device", "cpu"));
    all.addAll(List.of(base));
    all.addAll(List.of(settings));
    return SmallTask.config(all.toArray(String[]::new));
  }

  private Trace trace(TaskSource source, RunConfig config) throws IOException {
    RunDirectory directory = new RunDirectory(folder.resolve("run" + trainings++));
    SortedSet<String> underWay = new TreeSet<>();
    String runtime;
    try (Tokenizer tokenizer = RunTokenizer.open(Tokenizers.bundledBertUncasedFile(), config)) {
      EncodedTask task = source.encode(config, tokenizer, Tokenizers.bundledBertUncasedFile());
      TrainingListener listener =
          (step, result, rate) -> underWay.addAll(hashes(directory.path()).keySet());
      runtime =
          new FineTuning(config, SEEDS, task, null, new StopSignal())
              .run(
                  directory,
                  listener,
                  OtherParts.of(config, task, folder.resolve("data"), directory, new StopSignal()))
              .runtime()
              .toString();
    } catch (IllegalArgumentException e) {
      return new Trace(new TreeMap<>(), underWay, "refused: " + e.getMessage());
    }
    return new Trace(hashes(directory.path()), underWay, runtime);
  }

  /** All but the record of the keys themselves, and event files, whose names tell the time. */
  private static SortedMap<String, String> hashes(Path folder) {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.endsWith(TrainedSettings.FILE) && !file.toString().contains("tfevents")) {
          hashes.put(folder.relativize(file).toString(), Sha256.of(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }

  /** Long reviews, more of them good than bad. */
  private Path reviews() throws IOException {
    StringBuilder rows = new StringBuilder("sentence\tlabel\n");
    List<String> nouns = List.of("river", "stone", "paper", "glass", "horse", "light");
    for (String noun : nouns) {
      rows.append("after two long hours nobody could say that the film about a ")
          .append(noun)
          .append(" was dull\t1\n")
          .append("the story of this wonderful ")
          .append(noun)
          .append(" is told with great care and [SEP] warmth\t1\n")
          .append("what a very slow and tired tale of one more ")
          .append(noun)
          .append(" without any end\t0\n");
    }
    Path sst = Files.createDirectories(folder.resolve("data/glue/SST-2"));
    Files.writeString(sst.resolve("train.tsv"), rows);
    Files.writeString(sst.resolve("dev.tsv"), rows);
    Files.writeString(sst.resolve("test.tsv"), "index\tsentence\n0\ta tired tale\n");
    return folder.resolve("data");
  }
}
