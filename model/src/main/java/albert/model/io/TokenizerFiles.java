package albert.model.io;

import albert.model.io.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the tokenizer beside weights, and copies it. */
public final class TokenizerFiles {
  private static final String SENTENCE_PIECE = "spiece.model";
  private static final List<String> TOKENIZERS =
      List.of("tokenizer.json", SENTENCE_PIECE, "30k-clean.model", "vocab.txt");
  private static final List<String> COMPANIONS =
      List.of(
          "tokenizer.json",
          SENTENCE_PIECE,
          "vocab.txt",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json");

  private TokenizerFiles() {}

  /** The tokenizer to use, if there is one. */
  static @Nullable Path find(Path directory) {
    for (String name : TOKENIZERS) {
      if (Files.isRegularFile(directory.resolve(name))) {
        return directory.resolve(name);
      }
    }
    return null;
  }

  /** Copies a tokenizer and what belongs to it under Hugging Face's names. */
  public static void copy(Path tokenizer, Path directory) throws IOException {
    String name = String.valueOf(tokenizer.getFileName());
    Path from = tokenizer.toAbsolutePath().getParent();
    Stream<String> companions =
        TOKENIZERS.contains(name) ? COMPANIONS.stream() : Stream.<String>empty();
    for (String companion : companions.toList()) {
      if (from != null && Files.isRegularFile(from.resolve(companion))) {
        copyFile(from.resolve(companion), directory.resolve(companion));
      }
    }
    if (!COMPANIONS.contains(name)) {
      copyFile(tokenizer, directory.resolve(nameFor(tokenizer)));
    }
  }

  /** The name that a copy of a tokenizer's file gets: Hugging Face's for files of its kind. */
  static String nameFor(Path tokenizer) {
    String name = String.valueOf(tokenizer.getFileName());
    if (COMPANIONS.contains(name)) {
      return name;
    }
    return name.endsWith(".model")
        ? SENTENCE_PIECE
        : name.endsWith(".json") ? "tokenizer.json" : "vocab.txt";
  }

  private static void copyFile(Path from, Path to) throws IOException {
    if (Files.exists(to) && Files.isSameFile(from, to)) {
      return;
    }
    WholeFile.write(to, Files.readAllBytes(from));
  }
}
