package albert.experiments.training.pretraining;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.Provenance;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.run.RunProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents in which each sentence says its number, and trainings on them that take seconds. */
public final class SmallCorpus {
  private static final List<String> SMALL =
      List.of(
          "preset", "mini-albert",
          "num_hidden_layers", "1",
          "hidden_size", "16",
          "embedding_size", "8",
          "num_attention_heads", "2",
          "batch_size", "4",
          "max_seq_length", "32",
          "max_predictions_per_seq", "5",
          "eval_examples", "16",
          "shuffle_buffer", "30",
          "held_out_proportion", "0.2",
          "logging_steps", "1",
          "warmup_steps", "2",
          "threads", "1",
          "device", "cpu",
          "precision", "float32");

  private SmallCorpus() {}

  /** Writes ten documents of forty sentences. */
  public static Path write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < 10; d++) {
      for (int s = 0; s < 40; s++) {
        text.append("chapter ").append(d).append(" has a sentence number ").append(s).append("\n");
      }
      text.append("\n");
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("text.txt"), text);
    return folder;
  }

  /** The settings of a small training, with others added. */
  public static Settings settings(String... more) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(List.of(more));
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      ConfigKey key = PretrainingKeys.find(all.get(i)).orElseThrow();
      settings.add(new Setting(key, key.parse(all.get(i + 1)), "test"));
    }
    return Settings.of(settings);
  }

  static PretrainingJob job(Path corpus, Tokenizer tokenizer, String... more) {
    Settings settings = settings(more);
    return new PretrainingJob(
        PretrainingKeys.encoder(settings, tokenizer.vocabSize(), 32),
        PretrainingKeys.training(settings),
        3,
        null,
        "mini-albert",
        corpus,
        Optional.empty(),
        tokenizer,
        Tokenizers.bundledBertUncasedFile(),
        false,
        RunProvenance.of(
            "unknown",
            new Provenance.Software("test", "test", "test", "test"),
            PretrainingKeys.training(settings).runtime().resolve(),
            "test"));
  }
}
