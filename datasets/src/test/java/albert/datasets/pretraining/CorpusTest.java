package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to documents and sentences, and what is refused. */
final class CorpusTest {
  @TempDir private Path folder;

  private static List<List<String>> documents(Path root, CorpusFormat format) throws IOException {
    List<List<String>> documents = new ArrayList<>();
    List<String> open = new ArrayList<>();
    Corpus.of(root, format)
        .read(
            new Corpus.Listener() {
              @Override
              public void sentence(String text) {
                open.add(text);
              }

              @Override
              public void documentEnds() {
                if (!open.isEmpty()) {
                  documents.add(List.copyOf(open));
                  open.clear();
                }
              }
            });
    return documents;
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder.resolve("a"));
    return Files.writeString(file, text);
  }

  @Test
  void blankLinesSeparateDocumentsAndFilesDo() throws IOException {
    write("b.txt", "third\r\n\r\n \t\r\nfourth");
    write("a/one.txt", "\ufefffirst one\nsecond one\n\n\n");
    write(".hidden", "never");
    write("empty.txt", "");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.txt.gz")))) {
      out.write("zipped é".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(documents(folder, CorpusFormat.AUTO))
        .containsExactly(
            List.of("first one", "second one"),
            List.of("third"),
            List.of("fourth"),
            List.of("zipped é"));
  }

  @Test
  void wrappedProseIsOneDocumentOfSentences() throws IOException {
    write(
        "novel.txt",
        "I\n\nMr. Smith came in. \"Who is\nthere?\" he asked. Nobody\nanswered; J. Doe was out!\n\nA new\nparagraph");
    assertThat(documents(folder, CorpusFormat.AUTO))
        .containsExactly(
            List.of(
                "I",
                "Mr. Smith came in.",
                "\"Who is there?\" he asked.",
                "Nobody answered; J. Doe was out!",
                "A new paragraph"));
    assertThat(documents(folder, CorpusFormat.SENTENCES)).hasSize(3);
  }

  @Test
  void proseWithoutBlankLinesIsReadInBoundedPieces() throws IOException {
    write("long.txt", "This is it. And so it goes on. ".repeat(9_000).replace("so it", "so\nit"));
    List<List<String>> documents = documents(folder, CorpusFormat.AUTO);
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0)).hasSize(18_000).containsOnly("This is it.", "And so it goes on.");
  }

  @Test
  void longDocumentsAreKeptInPartsOfOneDocument() throws IOException {
    write("long.txt", "a word here\n".repeat(2_345) + "\n" + "another\n".repeat(3));
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      Corpus corpus = Corpus.of(folder, CorpusFormat.AUTO);
      Path file = folder.resolve(".tokens");
      try (TokenizedCorpus tokens =
          TokenizedCorpus.open(file, corpus, corpus.sha256(), tokenizer, "0".repeat(64))) {
        assertThat(tokens.documents()).isEqualTo(2);
        assertThat(tokens.sentences()).isEqualTo(2_348);
        assertThat(tokens.tokens()).isEqualTo(2_345 * 3 + 3);
        int sum = 0;
        for (int part = 0; part < tokens.parts(); part++) {
          assertThat(tokens.sentences(part).length).isBetween(2, TokenizedCorpus.LONGEST_PART);
          sum += tokens.sentences(part).length;
        }
        assertThat(sum).isEqualTo(2_348);
      }
      long written = Files.getLastModifiedTime(file).toMillis();
      TokenizedCorpus.open(file, corpus, corpus.sha256(), tokenizer, "0".repeat(64)).close();
      assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(written);
    }
  }

  @Test
  void aChangedCorpusHasAnotherFingerprint() throws IOException {
    Path file = write("a.txt", "one\ntwo\n");
    String before = Corpus.of(folder, CorpusFormat.AUTO).sha256();
    assertThat(Corpus.of(folder, CorpusFormat.AUTO).sha256()).isEqualTo(before);
    Files.writeString(file, "one\ntwa\n");
    assertThat(Corpus.of(folder, CorpusFormat.AUTO).sha256()).isNotEqualTo(before);
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    assertThatThrownBy(() -> Corpus.of(folder.resolve("absent"), CorpusFormat.AUTO))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("no such folder");
    write("empty.txt", "");
    assertThatThrownBy(() -> Corpus.of(folder, CorpusFormat.AUTO))
        .hasMessageContaining("the corpus is empty");
    Path bad = folder.resolve("bad.txt");
    Files.write(bad, new byte[] {'o', 'k', '\n', 'x', (byte) 0xc3, '(', '\n'});
    assertThatThrownBy(() -> documents(folder, CorpusFormat.SENTENCES))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(bad + ", line 2: byte 0xc3 at byte 4 is not UTF-8, expected is UTF-8 text");
    Files.write(bad, new byte[] {'E', 'L', 'F', 0, 1});
    assertThatThrownBy(() -> documents(folder, CorpusFormat.AUTO))
        .hasMessage(bad + ", line 1: a NUL at byte 3, so it is no text file");
    Files.delete(bad);
    write("not.gz", "plain");
    assertThatThrownBy(() -> documents(folder, CorpusFormat.AUTO)).hasMessageContaining("not gzip");
  }

  @Test
  void refusesATextWithoutWords() throws IOException {
    write("blank.txt", " \n\n \n");
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      Corpus corpus = Corpus.of(folder, CorpusFormat.AUTO);
      assertThatThrownBy(
              () ->
                  TokenizedCorpus.open(
                      folder.resolve(".tokens"),
                      corpus,
                      corpus.sha256(),
                      tokenizer,
                      "0".repeat(64)))
          .hasMessageContaining("no file of it has a word in it");
      assertThat(folder.resolve(".tokens")).doesNotExist();
    }
  }
}
