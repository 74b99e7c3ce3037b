package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.study.StudyFile;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.LayerMapping;
import albert.model.config.ParameterCount;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert params}: what a configuration would cost, without allocating it. */
@Command(
    name = "params",
    description =
        "Prints parameters by component, memory and FLOPs of a configuration, without building"
            + " the model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert params --preset albert-base --sharing attention --groups 2"})
final class ParamsCommand implements Runnable, ConfigOptions.User {

  private static final int SEQUENCE_LENGTH = 128;
  private static final double MEBIBYTE = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of configuration keys; options win over the file.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** What a configuration costs, in the words of {@code --json}. */
  private record Costs(
      @Nullable String preset,
      @Nullable String model,
      long parameters,
      Map<String, Long> components,
      Memory memory,
      Flops flopsPerToken,
      LayerMapping layerMapping,
      Map<String, Object> config) {}

  private record Memory(long weightBytes, long trainingBytes) {}

  private record Flops(int sequenceLength, long forward, long training) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all();
  }

  @Override
  public void run() {
    Settings options = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    Settings settings = config.map(StudyFile::readSettings).orElse(Settings.NONE).plus(options);
    Costs costs = costs(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(costs));
    } else {
      print(costs, out);
    }
    out.flush();
  }

  private Costs costs(Settings settings) {
    EncoderConfig encoder =
        RunConfig.resolveEncoder(settings, ModelOption.models(spec.commandLine().getErr()));
    int longest = Math.min(SEQUENCE_LENGTH, encoder.maxPositionEmbeddings());
    int sequenceLength =
        settings.find("max_seq_length").map(given -> (Integer) given.value()).orElse(longest);
    ComputeCost cost =
        settings.locating(
            () -> ComputeCost.of(encoder, RunConfig.checkedLength(encoder, sequenceLength)));
    ParameterCount count = ParameterCount.of(encoder);
    String model = text(settings, ConfigKeys.MODEL).orElse(null);
    return new Costs(
        model == null
            ? text(settings, ConfigKeys.PRESET).orElse(EncoderPreset.ALBERT_BASE.id())
            : null,
        model,
        count.total(),
        count.components(),
        new Memory(count.weightBytes(), count.trainingBytes()),
        new Flops(sequenceLength, cost.forwardPerToken(), cost.trainingPerToken()),
        LayerMapping.of(encoder),
        ConfigKeys.values(encoder));
  }

  private static Optional<String> text(Settings settings, String key) {
    return settings.find(key).map(given -> (String) given.value());
  }

  private static void print(Costs costs, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %s%n%n",
        costs.preset == null ? costs.model : costs.preset,
        summary(costs.config));
    out.printf(Locale.ROOT, "%-28s %16s%n", "component", "parameters");
    costs.components.forEach((name, n) -> out.printf(Locale.ROOT, "%-28s %,16d%n", name, n));
    out.printf(Locale.ROOT, "%-28s %,16d%n%n", "encoder and pooler", costs.parameters);
    out.printf(
        Locale.ROOT,
        "memory (float32): %,.1f MiB of weights; %,.1f MiB in training with AdamW or LAMB, without"
            + " activations%n",
        costs.memory.weightBytes / MEBIBYTE,
        costs.memory.trainingBytes / MEBIBYTE);
    out.printf(
        Locale.ROOT,
        "FLOPs a token at %d tokens: %,d forward, %,d in training%n%n",
        costs.flopsPerToken.sequenceLength,
        costs.flopsPerToken.forward,
        costs.flopsPerToken.training);
    out.println("layer  attention weights  feed-forward weights");
    for (int i = 0; i < costs.layerMapping.attention().size(); i++) {
      out.printf(
          Locale.ROOT,
          "%5d  %17d  %20d%n",
          i,
          costs.layerMapping.attention().get(i),
          costs.layerMapping.ffn().get(i));
    }
  }

  private static String summary(Map<String, Object> config) {
    Map<String, Object> shown = new LinkedHashMap<>();
    List.of(
            "num_hidden_layers",
            "hidden_size",
            "num_attention_heads",
            "intermediate_size",
            "embedding_size",
            "vocab_size",
            "sharing",
            "groups",
            "sharing_pattern",
            ConfigKeys.LAYER_DELTA_RANK)
        .forEach(key -> shown.put(key, config.get(key)));
    return shown.toString().replaceAll("[{}]", "");
  }
}
