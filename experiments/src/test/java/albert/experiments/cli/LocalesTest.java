package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.reports.output.PublishedResults;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and letters are the same wherever the person at the terminal lives. */
@ResourceLock(Resources.LOCALE)
final class LocalesTest {

  private static final String GLUE =
      "index\tsentence1\tsentence2\tscore\n0\ta\tb\t5.000\n1\ta\tb\t0.125\n2\ta\tb\t2.500\n";

  @TempDir private Path folder;

  private interface Work<T> {
    T run() throws IOException;
  }

  @BeforeEach
  void inputs() throws IOException {
    Files.writeString(folder.resolve("gold.tsv"), GLUE);
    Files.writeString(
        folder.resolve("predictions.tsv"), "index\tprediction\n0\t4.5\n1\t1.25\n2\t2\n");
    // capitals that Turkish lower-cases in another way
    Files.writeString(
        folder.resolve("texts.jsonl"), "{\"text\": \"TITLE I\u0130\u0131i 1,234.5 \u0661\"}\n");
    Files.copy(Tokenizers.bundledBertUncasedFile(), folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("study.yaml"), StudyCommandTest.STUDY);
    store();
  }

  /** The quickstart's published records as the folder of a study. */
  private void store() throws IOException {
    PublishedResults published =
        PublishedResults.read(Path.of("..", "reports", "published", "quickstart.jsonl"));
    Path study = Files.createDirectories(folder.resolve("runs/quickstart"));
    StrictJson json = new StrictJson();
    Files.writeString(study.resolve("study.json"), json.write(published.study()));
    for (RunRecord run : published.runs()) {
      Path own = Files.createDirectories(study.resolve(run.runId()));
      Files.writeString(own.resolve("run.json"), json.write(run));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void outputsAreTheSame(String tag) throws IOException {
    Map<String, String> expected = in(Locale.ROOT, this::outputs);
    assertThat(in(Locale.forLanguageTag(tag), this::outputs)).isEqualTo(expected);
  }

  /** TensorFlow-Java numbers operations with the digits of the locale. */
  @ParameterizedTest
  @ValueSource(strings = {"-Duser.language=ar", "-Duser.language=tr"})
  void theProgramComputesInAnyLocale(String language) throws IOException, InterruptedException {
    File log = folder.resolve("log").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                language,
                "-Duser.country=EG",
                "-Duser.extensions=nu-arab",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "finetune",
                "--task",
                "mrpc",
                "--preset",
                "mini-bert",
                "--data",
                folder.toString(),
                "--dry-run",
                "--json")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    int status = process.waitFor();
    String text = Files.readString(log.toPath());
    assertThat(status).as(text).isZero();
    assertThat(text).contains("measured now");
  }

  /** The locales would show, if something asked them. */
  @Test
  void theLocalesDiffer() throws IOException {
    for (String tag : new String[] {"de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"}) {
      Locale locale = Locale.forLanguageTag(tag);
      assertThat(String.format(locale, "%.2f", 1.5)).isNotEqualTo("1.50");
    }
    assertThat("TITLE".toLowerCase(Locale.forLanguageTag("tr-TR"))).isNotEqualTo("title");
  }

  private Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    String data = folder.toString();
    for (List<String> command :
        List.of(
            List.of("params", "--preset", "albert-xxlarge", "--json"),
            List.of("params", "--preset", "mini-bert", "--sharing", "attention"),
            List.of("params", "--preset", "MINI-ALBERT"),
            List.of("params", "--help"),
            List.of("finetune", "--help"),
            List.of("bench", "--batch", "1f"),
            List.of("score", "--task", "sts-b", "--gold", "gold.tsv", "--predictions", "p"),
            score(),
            score("--json"),
            List.of(
                "tokenize",
                "--special",
                "--tokenizer",
                data + "/tokenizer.json",
                "--input",
                data + "/texts.jsonl"),
            List.of("data", "list"),
            List.of("run", data + "/study.yaml", "--lerning-rate", "1"),
            List.of("report", data + "/runs/quickstart", "--output", data + "/report"))) {
      Cli cli = Cli.run(command.toArray(String[]::new));
      outputs.put(String.join(" ", command), cli.status() + "\n" + cli.out() + cli.err());
    }
    assertThat(outputs.values()).filteredOn(text -> text.startsWith("0\n")).hasSize(9);
    try (Stream<Path> files = Files.walk(folder.resolve("report"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        outputs.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return outputs;
  }

  private List<String> score(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "score",
                "--task",
                "sts-b",
                "--gold",
                folder + "/gold.tsv",
                "--predictions",
                folder + "/predictions.tsv"));
    command.addAll(List.of(more));
    return command;
  }

  private static <T> T in(Locale locale, Work<T> work) throws IOException {
    Locale before = Objects.requireNonNull(Locale.getDefault());
    Locale.setDefault(locale);
    try {
      return work.run();
    } finally {
      Locale.setDefault(before);
    }
  }
}
