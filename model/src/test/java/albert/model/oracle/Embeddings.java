package albert.model.oracle;

/** norm(word + position + token type), float64 [B, S, E]. */
final class Embeddings {
  static final String WORDS = "bert/embeddings/word_embeddings";
  private static final String POSITIONS = "bert/embeddings/position_embeddings";
  private static final String TYPES = "bert/embeddings/token_type_embeddings";

  private final Parameters parameters;
  private final Oracle.Sizes sizes;
  private final Oracle.Inputs inputs;
  private final LayerNorm norm;

  Embeddings(Parameters parameters, Oracle.Sizes sizes, Oracle.Inputs inputs) {
    this.parameters = parameters;
    this.sizes = sizes;
    this.inputs = inputs;
    norm =
        new LayerNorm(parameters, "bert/embeddings/LayerNorm", sizes.embedding(), sizes.epsilon());
  }

  double[] forward() {
    int width = sizes.embedding();
    double[] words = parameters.value(WORDS, sizes.vocab() * width);
    double[] positions = parameters.value(POSITIONS, sizes.positions() * width);
    double[] types = parameters.value(TYPES, sizes.types() * width);
    double[] sum = new double[inputs.ids().length * width];
    for (int token = 0; token < inputs.ids().length; token++) {
      for (int i = 0; i < width; i++) {
        sum[token * width + i] =
            words[inputs.ids()[token] * width + i]
                + positions[token % inputs.tokens() * width + i]
                + types[inputs.types()[token] * width + i];
      }
    }
    return norm.forward(sum);
  }

  void backward(double[] dy) {
    int width = sizes.embedding();
    double[] dSum = norm.backward(dy);
    double[] dWords = parameters.gradient(WORDS, sizes.vocab() * width);
    double[] dPositions = parameters.gradient(POSITIONS, sizes.positions() * width);
    double[] dTypes = parameters.gradient(TYPES, sizes.types() * width);
    for (int token = 0; token < inputs.ids().length; token++) {
      for (int i = 0; i < width; i++) {
        double d = dSum[token * width + i];
        dWords[inputs.ids()[token] * width + i] += d;
        dPositions[token % inputs.tokens() * width + i] += d;
        dTypes[inputs.types()[token] * width + i] += d;
      }
    }
  }
}
