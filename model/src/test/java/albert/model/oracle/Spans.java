package albert.model.oracle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The two heads for spans on a sequence output [batch · tokens, hidden]: BERT's, and ALBERT's with
 * its end given a start and its answerability.
 */
final class Spans {
  private static final int BEAM = 5;

  private final Parameters parameters;
  private final int hidden;
  private final double epsilon;
  private final Oracle.Inputs inputs;
  private final int tokens;

  Spans(Parameters parameters, Oracle.Sizes sizes, Oracle.Inputs inputs) {
    this.parameters = parameters;
    this.hidden = sizes.hidden();
    this.epsilon = sizes.epsilon();
    this.inputs = inputs;
    this.tokens = inputs.tokens();
  }

  /**
   * BERT's head.
   *
   * @param outputs gets what is computed
   * @param dx gets the gradient added, or is empty
   * @return the loss
   */
  double plain(Target.Span target, double[] x, Map<String, double[]> outputs, double[] dx) {
    OutputLayer layer =
        new OutputLayer(parameters, "cls/squad/output_weights", "cls/squad/output_bias", hidden, 2);
    double[] both = layer.forward(x);
    double[] dBoth = new double[both.length];
    double loss = 0;
    int[][] right = {target.starts(), target.ends()};
    String[] names = {"start_logits", "end_logits"};
    for (int side = 0; side < 2; side++) {
      double[] logits = new double[inputs.batch() * tokens];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = both[2 * i + side];
      }
      CrossEntropy entropy = CrossEntropy.mean(right[side]);
      double[] logProbs = entropy.logProbabilities(logits);
      loss += entropy.loss(logProbs) / 2;
      outputs.put(names[side], logits);
      double[] d = entropy.logitsGradient(logProbs);
      for (int i = 0; i < d.length; i++) {
        dBoth[2 * i + side] = d[i] / 2;
      }
    }
    if (dx.length > 0) {
      Layer.add(dx, layer.backward(dBoth));
    }
    return loss;
  }

  /**
   * ALBERT's head.
   *
   * @param outputs gets what is computed
   * @param dx gets the gradient added, or is empty
   * @return the loss
   */
  double beam(Target.BeamSpan target, double[] x, Map<String, double[]> outputs, double[] dx) {
    Dense startLayer = new Dense(parameters, "start_logits/dense", hidden, 1);
    double[] starts = masked(startLayer.forward(x));
    CrossEntropy startEntropy = CrossEntropy.mean(target.starts());
    double[] startLogProbs = startEntropy.logProbabilities(starts);
    EndOfStart end = new EndOfStart(x, target.starts());
    CrossEntropy endEntropy = CrossEntropy.mean(target.ends());
    double[] endLogProbs = endEntropy.logProbabilities(end.logits());
    Answerability answer = new Answerability(x, startLogProbs);
    double loss =
        startEntropy.loss(startLogProbs) / 2
            + endEntropy.loss(endLogProbs) / 2
            + answer.loss(target.impossible()) / 2;
    outputs.put("cls_logits", answer.logits);
    putBeam(x, startLogProbs, outputs);
    if (dx.length > 0) {
      double[] dStarts = halved(startEntropy.logitsGradient(startLogProbs));
      Layer.add(dStarts, answer.backward(target.impossible(), dx));
      Layer.add(dx, startLayer.backward(dStarts));
      end.backward(halved(endEntropy.logitsGradient(endLogProbs)), dx);
    }
    return loss;
  }

  private void putBeam(double[] x, double[] startLogProbs, Map<String, double[]> outputs) {
    int k = Math.min(BEAM, tokens);
    int batch = inputs.batch();
    double[] startTop = new double[batch * k];
    double[] startIndex = new double[batch * k];
    double[] endTop = new double[batch * k * k];
    double[] endIndex = new double[batch * k * k];
    for (int rank = 0; rank < k; rank++) {
      int[] start = new int[batch];
      for (int b = 0; b < batch; b++) {
        start[b] = falling(startLogProbs, b)[rank];
        startIndex[b * k + rank] = start[b];
        startTop[b * k + rank] = startLogProbs[b * tokens + start[b]];
      }
      double[] logProbs =
          CrossEntropy.mean(start).logProbabilities(new EndOfStart(x, start).logits());
      for (int b = 0; b < batch; b++) {
        int[] order = falling(logProbs, b);
        for (int e = 0; e < k; e++) {
          endIndex[(b * k + rank) * k + e] = order[e];
          endTop[(b * k + rank) * k + e] = logProbs[b * tokens + order[e]];
        }
      }
    }
    outputs.put("start_top_log_probs", startTop);
    outputs.put("start_top_index", startIndex);
    outputs.put("end_top_log_probs", endTop);
    outputs.put("end_top_index", endIndex);
  }

  /** Places of a sequence by falling value; of equal ones the first comes first. */
  private int[] falling(double[] values, int b) {
    return IntStream.range(0, tokens)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -values[b * tokens + i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Only [CLS] and the second segment without its last token, the [SEP], can be chosen. */
  private double[] masked(double[] logits) {
    double[] masked = new double[logits.length];
    for (int b = 0; b < inputs.batch(); b++) {
      int length = 0;
      for (int t = 0; t < tokens; t++) {
        length += inputs.mask()[b * tokens + t];
      }
      for (int t = 0; t < tokens; t++) {
        int i = b * tokens + t;
        boolean allowed = t == 0 || (inputs.types()[i] == 1 && t < length - 1);
        masked[i] = allowed ? logits[i] : -1e30;
      }
    }
    return masked;
  }

  private static double[] halved(double[] x) {
    return Arrays.stream(x).map(v -> v / 2).toArray();
  }

  /** [a; b] of every row. */
  private double[] concatenated(double[] a, double[] b) {
    int rows = a.length / hidden;
    double[] both = new double[2 * a.length];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a, r * hidden, both, 2 * r * hidden, hidden);
      System.arraycopy(b, r * hidden, both, (2 * r + 1) * hidden, hidden);
    }
    return both;
  }

  private final class EndOfStart {
    private final int[] start;
    private final Dense first = new Dense(parameters, "end_logits/dense_0", 2 * hidden, hidden);
    private final Activation tanh = new Activation(Activation.Kind.TANH);
    private final LayerNorm norm;
    private final Dense second = new Dense(parameters, "end_logits/dense_1", hidden, 1);
    private final double[] logits;

    EndOfStart(double[] x, int[] start) {
      this.start = start;
      norm = new LayerNorm(parameters, "end_logits/LayerNorm", hidden, epsilon);
      double[] starts = new double[x.length];
      for (int i = 0; i < inputs.batch() * tokens; i++) {
        System.arraycopy(x, row(i / tokens) * hidden, starts, i * hidden, hidden);
      }
      double[] both = concatenated(x, starts);
      logits = masked(second.forward(norm.forward(tanh.forward(first.forward(both)))));
    }

    private int row(int b) {
      return b * tokens + start[b];
    }

    double[] logits() {
      return logits;
    }

    void backward(double[] dLogits, double[] dx) {
      double[] dBoth = first.backward(tanh.backward(norm.backward(second.backward(dLogits))));
      for (int i = 0; i < inputs.batch() * tokens; i++) {
        for (int h = 0; h < hidden; h++) {
          dx[i * hidden + h] += dBoth[2 * i * hidden + h];
          dx[row(i / tokens) * hidden + h] += dBoth[(2 * i + 1) * hidden + h];
        }
      }
    }
  }

  private final class Answerability {
    private final double[] x;
    private final double[] startProbs;
    private final Dense first = new Dense(parameters, "answer_class/dense_0", 2 * hidden, hidden);
    private final Activation tanh = new Activation(Activation.Kind.TANH);
    private final double[] features;
    private final double[] logits;

    Answerability(double[] x, double[] startLogProbs) {
      this.x = x;
      startProbs = Arrays.stream(startLogProbs).map(Math::exp).toArray();
      double[] expected = new double[inputs.batch() * hidden];
      double[] cls = new double[inputs.batch() * hidden];
      for (int i = 0; i < startProbs.length; i++) {
        for (int h = 0; h < hidden; h++) {
          expected[i / tokens * hidden + h] += startProbs[i] * x[i * hidden + h];
        }
      }
      for (int b = 0; b < inputs.batch(); b++) {
        System.arraycopy(x, b * tokens * hidden, cls, b * hidden, hidden);
      }
      features = tanh.forward(first.forward(concatenated(expected, cls)));
      double[] kernel = parameters.value("answer_class/dense_1/kernel", hidden);
      logits = new double[inputs.batch()];
      for (int i = 0; i < features.length; i++) {
        logits[i / hidden] += features[i] * kernel[i % hidden];
      }
    }

    double loss(double[] impossible) {
      double loss = 0;
      for (int b = 0; b < logits.length; b++) {
        double sigmoid = 1 / (1 + Math.exp(-logits[b]));
        loss -=
            (impossible[b] * Math.log(sigmoid) + (1 - impossible[b]) * Math.log(1 - sigmoid))
                / logits.length;
      }
      return loss;
    }

    /** Adds to the gradient by the tokens. Returns that by the masked logits of the starts. */
    double[] backward(double[] impossible, double[] dx) {
      double[] kernel = parameters.value("answer_class/dense_1/kernel", hidden);
      double[] dKernel = parameters.gradient("answer_class/dense_1/kernel", hidden);
      double[] dFeatures = new double[features.length];
      for (int i = 0; i < features.length; i++) {
        int b = i / hidden;
        double d = (1 / (1 + Math.exp(-logits[b])) - impossible[b]) / logits.length / 2;
        dKernel[i % hidden] += d * features[i];
        dFeatures[i] = d * kernel[i % hidden];
      }
      double[] dBoth = first.backward(tanh.backward(dFeatures));
      double[] dProbs = new double[startProbs.length];
      for (int i = 0; i < startProbs.length; i++) {
        int b = i / tokens;
        for (int h = 0; h < hidden; h++) {
          double dExpected = dBoth[2 * b * hidden + h];
          dProbs[i] += dExpected * x[i * hidden + h];
          dx[i * hidden + h] += startProbs[i] * dExpected;
          if (i % tokens == 0) {
            dx[i * hidden + h] += dBoth[(2 * b + 1) * hidden + h];
          }
        }
      }
      double[] dStarts = new double[startProbs.length];
      for (int i = 0; i < dStarts.length; i++) {
        double mean = 0;
        for (int t = 0; t < tokens; t++) {
          int j = i / tokens * tokens + t;
          mean += startProbs[j] * dProbs[j];
        }
        dStarts[i] = startProbs[i] * (dProbs[i] - mean);
      }
      return dStarts;
    }
  }
}
