package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Usage, errors and {@code params}. */
final class CommandLineTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "--help"})
  void listsTheCommands(String arguments) {
    Cli cli = arguments.isEmpty() ? Cli.run() : Cli.run(arguments);
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).contains("Commands:", "params");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command : Main.commands()) {
      Cli cli = Cli.run(command, "--help");
      assertThat(cli.status()).as(command).isZero();
      assertThat(cli.out()).as(command).contains("Example: ./albert " + command);
    }
  }

  /** picocli takes descriptions for formats, and complains on standard error where they fail. */
  @Test
  void everyDescriptionIsAFormat() {
    CommandLine albert = Main.commandLine();
    List<String> descriptions = new ArrayList<>();
    for (CommandLine command : albert.getSubcommands().values()) {
      command
          .getCommandSpec()
          .args()
          .forEach(argument -> descriptions.addAll(List.of(argument.description())));
      CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
      descriptions.addAll(List.of(usage.description()));
      descriptions.addAll(List.of(usage.footer()));
    }
    assertThat(descriptions).hasSizeGreaterThan(50);
    assertThat(descriptions)
        .allSatisfy(
            text -> assertThatNoException().isThrownBy(() -> String.format(Locale.ROOT, text)));
  }

  @Test
  void aPathThatCantBeOneIsOneLine() {
    Cli cli = Cli.run("params", "--config", "a\0b");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err())
        .startsWith("albert: invalid value for option '--config'")
        .contains("'a\\u0000b' is no path here: Nul character not allowed")
        .hasLineCount(1);
  }

  @Test
  void printsVersions() {
    assertThat(Cli.run("--version").out())
        .containsPattern("albert [0-9.]+")
        .containsPattern("commit ([0-9a-f]{40}(-dirty)?|unknown)")
        .containsPattern("TensorFlow 2\\.[0-9]+\\.[0-9]+ \\(TensorFlow-Java [0-9.]+\\)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parms | did you mean params?",
        "params --hiden-size 3 | did you mean --hidden-size?",
        "params --hidden-size | --hidden-size",
        "params --hidden-size 770 | hidden_size 770 is not a multiple of num_attention_heads 12 in option --hidden-size",
        "params --hidden-size 7.5 | hidden_size is 7.5, allowed is a whole number in option --hidden-size",
        "params --hidden-size 0 | hidden_size is 0, allowed are 1 to 65536 in option --hidden-size",
        "params --embedding-size -1 | embedding_size is -1, allowed are 1 to 65536 in option --embedding-size",
        "params --vocab-size 2000000000 | vocab_size is 2000000000, allowed are 1 to 10000000 in option --vocab-size",
        "params --num-hidden-layers 10 --groups 3 | num_hidden_layers 10 is not a multiple of groups 3 in option --groups",
        "params --sharing none --groups 2 | groups is 2, but sharing is none",
        "params --max-seq-length 513 | max_seq_length is 513, allowed are 1 to max_position_embeddings 512 in option --max-seq-length",
        "params --preset alber-base | preset is 'alber-base' (did you mean 'albert-base'?)",
        "params --preset mini-bert --preset mini-albert | should be specified only once",
        "params --config absent.yaml | absent.yaml does not exist",
        "bench --json-output a.json | --json-output a.json is for the results of --jmh",
        "bench --jmh --json-output . | --json-output . can't be written: it is a folder, needed is",
        "finetun | unknown command 'finetun'; did you mean finetune?",
        "Params | unknown command 'Params'; did you mean params?",
        "params --Preset albert-base | unknown option '--Preset'; did you mean --preset?",
        "params --xyzzyplugh=3 | unknown option '--xyzzyplugh' (see ./albert params --help)",
        "params surplus | unknown argument 'surplus' (see",
        "data gt cola | unknown command 'gt'; did you mean get?",
        "params --preset ALBERT-Base | preset is 'ALBERT-Base' (did you mean 'albert-base'?)",
        "params --sharing None | sharing is 'None' (did you mean 'none'?), allowed are none",
        "finetune --task MRPC | task is 'MRPC' (did you mean 'mrpc'?), allowed are cola",
        "finetune --task SST2 | task is 'SST2' (did you mean 'sst-2'?)",
        "finetune --device GPU | device is 'GPU' (did you mean 'gpu'?)",
        "finetune --precision BF16 | precision is 'BF16', allowed are",
        "finetune --precision Float32 | precision is 'Float32' (did you mean 'float32'?)",
        "score --task MRPC --gold a --predictions b | --task is 'MRPC' (did you mean 'mrpc'?)",
        "convert --model m --to HF --output o | --to is 'HF' (did you mean 'hf'?), allowed are hf,"
            + " ",
        "bench --sweep bach --output o | --sweep is 'bach' (did you mean 'batch'?), allowed are",
        "bench --sweep --preset mini-albert | --output is missing: the folder of the sweep",
        "bench --sweep --gpu-suite --output o | --sweep and --gpu-suite are both given, allowed is",
        "bench --jmh --sweep --output o | --sweep and --jmh are both given, allowed is one of them",
        "bench --output o | --output is given without --sweep or --gpu-suite, to which it belongs",
        "bench --sweep --tiny --output o | --tiny is given without --gpu-suite, to which it bel",
        "bench --sweep --tolerance 2 --output o | --tolerance is given without --compare",
        "bench --sweep --max-minutes 0 --output o | --max-minutes is 0.0, allowed are numbers",
        "bench --sweep --compare absent.jsonl --output o | --compare absent.jsonl does not exist",
        "bench --gpu-suite --preset mini-bert --output o | --preset is given with --gpu-suite",
        "bench --repeats 0 | --repeats is 0, allowed are 1 to 1000000",
        "bench --mode Train --seconds 1 | --mode is 'Train' (did you mean 'train'?)",
        "data get MRPC --to x | no public data set is called 'MRPC' (did you mean 'mrpc'?)",
        "finetune --learning-rate 1f | learning_rate is 1f, allowed is a number in option --learni",
        "finetune --learning-rate 0x1p1 | learning_rate is 0x1p1, allowed is a number",
        "finetune --learning-rate NaN | learning_rate is NaN, allowed is a number",
        "finetune --epochs +5 | epochs is +5, allowed is a whole number in option --epochs",
        "finetune --epochs \u0665 | epochs is \u0665, allowed is a whole number",
        "finetune --seed +5 | invalid value for option '--seed': '+5', allowed is a whole number",
        "finetune --seed \u0665 | '\u0665', allowed is a whole number",
        "bench --batch 0x10 | invalid value for option '--batch': '0x10', allowed is a whole"
            + " number",
        "bench --batch 3000000000 | '3000000000', allowed is a whole number from -2147483648 to",
        "bench --seconds 1f | invalid value for option '--seconds': '1f', allowed is a number",
        "bench --seconds NaN | '--seconds': 'NaN', allowed is a number",
        "run s.yaml --max-minutes Infinity | '--max-minutes': 'Infinity', allowed is a number"
      })
  void wrongUsageIsOneLineAndStatus2(String arguments, String words) {
    Cli cli = Cli.run(arguments.split(" ", -1));
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void aPathThatIsNoneIsSaidPlainly() {
    Cli cli = Cli.run("score", "--task", "rte", "--gold", "a\u0000b", "--predictions", "p");
    assertThat(cli.err()).contains("'a\\u0000b' is no path here");
    assertThat(cli.err()).doesNotContain("Exception", "java");
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void controlCharactersOfAMessageAreShownNotSent() {
    Cli cli = Cli.run("params", "--preset", "a\u001b[31m\nb");
    assertThat(cli.err()).contains("a\\u001b[31m\\u000ab");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void debugShowsTheStackTrace() {
    Cli cli = Cli.run("params", "--hidden-size", "770", "--debug");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("ConfigException", "\tat ");
  }

  @Test
  void paramsAsJson() throws IOException {
    Cli cli = Cli.run("params", "--preset", "albert-base", "--json");
    JsonNode json = JsonMapper.builder().build().readTree(cli.out());
    assertThat(json.get("parameters").asLong()).isEqualTo(11_683_584);
    assertThat(json.get("preset").asText()).isEqualTo("albert-base");
    long sum = 0;
    for (JsonNode component : json.get("components")) {
      sum += component.asLong();
    }
    assertThat(sum).isEqualTo(11_683_584);
    assertThat(json.get("layer_mapping").get("attention")).hasSize(12);
    assertThat(json.get("config").get("embedding_size").asInt()).isEqualTo(128);
  }

  @Test
  void optionsWinOverTheConfigurationFile() throws IOException {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "hidden_size: 1200\nsharing: attention\n");
    Cli cli = Cli.run("params", "--config", file.toString(), "--hidden-size", "768", "--json");
    JsonNode config = JsonMapper.builder().build().readTree(cli.out()).get("config");
    assertThat(config.get("hidden_size").asInt()).isEqualTo(768);
    assertThat(config.get("sharing").asText()).isEqualTo("attention");

    Files.writeString(file, "hiden_size: 1200\n");
    Cli wrong = Cli.run("params", "--config", file.toString());
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("unknown key 'hiden_size' (did you mean 'hidden_size'?) in " + file + ", line 1");
  }
}
