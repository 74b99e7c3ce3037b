package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.model.config.ModelType;
import albert.model.config.SharingPattern;
import albert.model.io.ModelVariable.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which tensor of a file is which variable of ours, for one model: the correspondence that reading
 * and writing of every format share.
 *
 * @param rows one for each tensor in the file; a variable is in several where the file writes
 *     sharing out
 */
record TensorTable(List<Row> rows) {

  /**
   * One tensor in a file.
   *
   * @param tensor its name in the file
   * @param variable our name
   * @param shape of our variable; owned
   * @param transposed whether the file has the two dimensions the other way round
   */
  @SuppressWarnings("ArrayRecordComponent") // a description, never compared
  record Row(String tensor, String variable, long[] shape, boolean transposed) {
    long[] tensorShape() {
      return transposed ? new long[] {shape[1], shape[0]} : shape;
    }
  }

  TensorTable {
    rows = List.copyOf(rows);
  }

  /**
   * How published code lays a model out.
   *
   * @param type whose names: an ALBERT has groups of layers, a BERT every block by itself
   * @param groups of layers with weights of their own, L or a divisor of it
   */
  record Layout(ModelType type, int groups) {
    /**
     * The layout that says most of a configuration: a projection only an ALBERT has, and sharing
     * only an ALBERT and only of whole layers in a row. The rest is written out.
     */
    static Layout of(EncoderConfig config) {
      ModelType type = config.hasEmbeddingProjection() ? ModelType.ALBERT : config.modelType();
      boolean grouped =
          type == ModelType.ALBERT && LayerMapping.of(config).isSequence(config.groups());
      return new Layout(type, grouped ? config.groups() : config.numHiddenLayers());
    }

    private static String pattern(EncoderConfig config) {
      return config.sharingPattern() == SharingPattern.SEQUENCE
          ? ""
          : String.format(
              Locale.ROOT,
              " in the pattern '%s'",
              config.sharingPattern().name().toLowerCase(Locale.ROOT));
    }

    /** What a configuration loses by it, a line each. */
    List<String> losses(EncoderConfig config) {
      List<String> losses = new ArrayList<>();
      if (type != config.modelType()) {
        losses.add(
            "published BERT code does not project its embeddings: the model was written as an ALBERT that computes the same");
      }
      LayerMapping mapping = LayerMapping.of(config);
      if (groups > mapping.attentionSets() || groups > mapping.ffnSets()) {
        losses.add(
            String.format(
                Locale.ROOT,
                "published %s code can't say sharing '%s'%s: each of the %d layers was written out with its own copy",
                type == ModelType.ALBERT ? "ALBERT" : "BERT",
                config.sharing().name().toLowerCase(Locale.ROOT),
                pattern(config),
                groups));
      }
      if (type == ModelType.BERT && config.innerGroupNum() > 1) {
        losses.add(
            String.format(
                Locale.ROOT,
                "published BERT code has no inner groups: the blocks were written as %d layers",
                config.blocksApplied()));
      }
      return losses;
    }
  }

  /**
   * Hugging Face's tensors of a model.
   *
   * @param layout which of its two models, and how sharing is written
   * @param prefix before the encoder's names: "albert.", "bert." or nothing
   */
  static TensorTable huggingFace(
      EncoderConfig config, HeadDescription head, boolean pooler, Layout layout, String prefix) {
    List<Row> rows = new ArrayList<>();
    for (ModelVariable variable : outside(config, head, pooler)) {
      rows.add(
          new Row(
              (variable.part().inEncoder() ? prefix : "") + variable.huggingFaceName(layout.type()),
              variable.variableName(),
              variable.shape(config, head),
              variable.isTransposed()));
    }
    rows.addAll(
        blocks(
            config,
            layout,
            (variable, number, inner) ->
                prefix + variable.huggingFaceName(layout.type(), number, inner),
            true));
    return new TensorTable(rows);
  }

  /** The variables of a model as Google's code names them. */
  static TensorTable google(
      EncoderConfig config, HeadDescription head, boolean pooler, Layout layout) {
    List<Row> rows = new ArrayList<>();
    for (ModelVariable variable : outside(config, head, pooler)) {
      String name = variable.variableName();
      rows.add(new Row(name, name, variable.shape(config, head), false));
    }
    rows.addAll(
        blocks(
            config,
            layout,
            (variable, number, inner) -> variable.variableName(layout.type(), number, inner),
            false));
    return new TensorTable(rows);
  }

  /** The variables of a model as the suite names them, each once, whatever is shared. */
  static TensorTable suite(EncoderConfig config, HeadDescription head, boolean pooler) {
    Map<String, Row> rows = new LinkedHashMap<>();
    Layout everyLayer = new Layout(config.modelType(), config.numHiddenLayers());
    for (Row row : google(config, head, pooler, everyLayer).rows()) {
      rows.putIfAbsent(row.variable(), new Row(row.variable(), row.variable(), row.shape(), false));
    }
    LayerDeltas.shapes(config)
        .forEach((name, shape) -> rows.put(name, new Row(name, name, shape, false)));
    return new TensorTable(List.copyOf(rows.values()));
  }

  /**
   * This table with other tensors for some of its own.
   *
   * @param instead names in the file by the names that they replace
   */
  TensorTable reading(Map<String, String> instead) {
    return new TensorTable(
        rows.stream()
            .map(
                row ->
                    new Row(
                        instead.getOrDefault(row.tensor(), row.tensor()),
                        row.variable(),
                        row.shape(),
                        row.transposed()))
            .toList());
  }

  private interface BlockNaming {
    String name(BlockVariable variable, int number, int inner);
  }

  private static List<Row> blocks(
      EncoderConfig config, Layout layout, BlockNaming naming, boolean huggingFace) {
    LayerMapping mapping = LayerMapping.of(config);
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < layout.groups(); number++) {
      int layer = number * (config.numHiddenLayers() / layout.groups());
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        for (BlockVariable variable : BlockVariable.values()) {
          int set = (variable.isAttention() ? mapping.attention() : mapping.ffn()).get(layer);
          rows.add(
              new Row(
                  layout.type() == ModelType.ALBERT
                      ? naming.name(variable, number, inner)
                      : naming.name(variable, number * config.innerGroupNum() + inner, 0),
                  variable.variableName(config.modelType(), set, inner),
                  variable.shape(config),
                  huggingFace && variable.isTransposed()));
        }
      }
    }
    return rows;
  }

  /** The variables outside the blocks. */
  private static List<ModelVariable> outside(
      EncoderConfig config, HeadDescription head, boolean pooler) {
    List<Part> parts = new ArrayList<>(List.of(Part.EMBEDDINGS));
    if (config.hasEmbeddingProjection()) {
      parts.add(Part.PROJECTION);
    }
    if (pooler) {
      parts.add(Part.POOLER);
    }
    parts.addAll(head.parts());
    return parts.stream().flatMap(part -> part.variables().stream()).toList();
  }
}
