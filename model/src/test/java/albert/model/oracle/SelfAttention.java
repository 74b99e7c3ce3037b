package albert.model.oracle;

/**
 * Multi-head self-attention without its output projection (arXiv 1706.03762, section 3.2). A key
 * that the mask hides has 10000 taken from its scores, as in Google's code.
 */
final class SelfAttention implements Layer {
  private static final double HIDDEN_KEY = -10_000;

  private final Oracle.Inputs inputs;
  private final int heads;
  private final int hidden;
  private final int size;
  private final Dense query;
  private final Dense key;
  private final Dense value;
  private double[] q = {};
  private double[] k = {};
  private double[] v = {};
  private double[] probabilities = {};

  SelfAttention(Parameters parameters, String name, Oracle.Sizes sizes, Oracle.Inputs inputs) {
    this.inputs = inputs;
    heads = sizes.heads();
    hidden = sizes.hidden();
    size = hidden / heads;
    query = new Dense(parameters, name + "/query", hidden, hidden);
    key = new Dense(parameters, name + "/key", hidden, hidden);
    value = new Dense(parameters, name + "/value", hidden, hidden);
  }

  @Override
  public double[] forward(double[] x) {
    int tokens = inputs.tokens();
    q = query.forward(x);
    k = key.forward(x);
    v = value.forward(x);
    probabilities = new double[inputs.batch() * heads * tokens * tokens];
    double[] context = new double[x.length];
    for (int b = 0; b < inputs.batch(); b++) {
      for (int h = 0; h < heads; h++) {
        for (int from = 0; from < tokens; from++) {
          int row = ((b * heads + h) * tokens + from) * tokens;
          for (int to = 0; to < tokens; to++) {
            double score = (1 - inputs.mask()[b * tokens + to]) * HIDDEN_KEY;
            for (int i = 0; i < size; i++) {
              score += q[at(b, from, h, i)] * k[at(b, to, h, i)] / Math.sqrt(size);
            }
            probabilities[row + to] = score;
          }
          Softmax.inPlace(probabilities, row, tokens);
          for (int to = 0; to < tokens; to++) {
            for (int i = 0; i < size; i++) {
              context[at(b, from, h, i)] += probabilities[row + to] * v[at(b, to, h, i)];
            }
          }
        }
      }
    }
    return context;
  }

  @Override
  public double[] backward(double[] dContext) {
    double[] dq = new double[q.length];
    double[] dk = new double[k.length];
    double[] dv = new double[v.length];
    for (int b = 0; b < inputs.batch(); b++) {
      for (int h = 0; h < heads; h++) {
        for (int from = 0; from < inputs.tokens(); from++) {
          backward(b, h, from, dContext, dq, dk, dv);
        }
      }
    }
    double[] dx = query.backward(dq);
    Layer.add(dx, key.backward(dk));
    Layer.add(dx, value.backward(dv));
    return dx;
  }

  private void backward(
      int b, int h, int from, double[] dContext, double[] dq, double[] dk, double[] dv) {
    int tokens = inputs.tokens();
    int row = ((b * heads + h) * tokens + from) * tokens;
    double[] dProbability = new double[tokens];
    double mean = 0;
    for (int to = 0; to < tokens; to++) {
      for (int i = 0; i < size; i++) {
        dProbability[to] += dContext[at(b, from, h, i)] * v[at(b, to, h, i)];
        dv[at(b, to, h, i)] += probabilities[row + to] * dContext[at(b, from, h, i)];
      }
      mean += probabilities[row + to] * dProbability[to];
    }
    for (int to = 0; to < tokens; to++) {
      double dScore = probabilities[row + to] * (dProbability[to] - mean) / Math.sqrt(size);
      for (int i = 0; i < size; i++) {
        dq[at(b, from, h, i)] += dScore * k[at(b, to, h, i)];
        dk[at(b, to, h, i)] += dScore * q[at(b, from, h, i)];
      }
    }
  }

  private int at(int b, int token, int head, int i) {
    return (b * inputs.tokens() + token) * hidden + head * size + i;
  }
}
