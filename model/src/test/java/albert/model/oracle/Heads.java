package albert.model.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** Pooler and heads: from the sequence output to losses, and back. */
final class Heads {
  private static final String TRANSFORM = "cls/predictions/transform";

  private final Parameters parameters;
  private final Oracle.Sizes sizes;
  private final Oracle.Inputs inputs;
  private final List<? extends Target> targets;
  private final Dense pooler;
  private final Activation poolerTanh = new Activation(Activation.Kind.TANH);
  private final Map<String, double[]> outputs = new TreeMap<>();
  private double[] pooled = {};
  private double[] sequence = {};
  private double[] dPooled = {};
  private double[] dSequence = {};
  private double totalLoss;

  Heads(
      Parameters parameters,
      Oracle.Sizes sizes,
      Oracle.Inputs inputs,
      List<? extends Target> targets) {
    this.parameters = parameters;
    this.sizes = sizes;
    this.inputs = inputs;
    this.targets = targets;
    pooler = new Dense(parameters, "bert/pooler/dense", sizes.hidden(), sizes.hidden());
  }

  Map<String, double[]> forward(double[] sequenceOutput) {
    sequence = sequenceOutput;
    int hidden = sizes.hidden();
    double[] read = new double[inputs.batch() * hidden];
    for (int i = 0; i < sequence.length; i++) {
      read[i / hidden / inputs.tokens() * hidden + i % hidden] += share(i / hidden) * sequence[i];
    }
    if (pools()) {
      pooled = sizes.meanPooled() ? read : poolerTanh.forward(pooler.forward(read));
      outputs.put("pooled_output", pooled);
    }
    for (Target target : targets) {
      apply(target, false);
    }
    outputs.put("total_loss", new double[] {totalLoss});
    return outputs;
  }

  double[] backward() {
    dSequence = new double[sequence.length];
    dPooled = new double[pooled.length];
    for (Target target : targets) {
      apply(target, true);
    }
    if (!pools()) {
      return dSequence;
    }
    int hidden = sizes.hidden();
    double[] dRead = sizes.meanPooled() ? dPooled : pooler.backward(poolerTanh.backward(dPooled));
    for (int i = 0; i < dSequence.length; i++) {
      dSequence[i] += share(i / hidden) * dRead[i / hidden / inputs.tokens() * hidden + i % hidden];
    }
    return dSequence;
  }

  /** What a token's output, by its row, has of what heads for whole sequences read. */
  private double share(int row) {
    int start = row - row % inputs.tokens();
    if (!sizes.meanPooled()) {
      return row == start ? 1 : 0;
    }
    int tokens = Arrays.stream(inputs.mask(), start, start + inputs.tokens()).sum();
    return (double) inputs.mask()[row] / tokens;
  }

  /** Heads for spans alone leave the pooler out. */
  private boolean pools() {
    return targets.isEmpty() || targets.stream().anyMatch(Target::readsPooled);
  }

  private void apply(Target target, boolean backward) {
    if (target instanceof Target.MaskedLm maskedLm) {
      maskedLm(maskedLm, backward);
    } else if (target instanceof Target.SentencePair pair) {
      String scope = "cls/seq_relationship/";
      classes(CrossEntropy.mean(pair.labels()), 2, scope, "sop_log_probs", "sop_loss", backward);
    } else if (target instanceof Target.Classes classes) {
      classes(
          CrossEntropy.mean(classes.labels()),
          classes.numLabels(),
          "",
          "log_probs",
          "loss",
          backward);
    } else if (target instanceof Target.Joint joint) {
      joint(joint, backward);
    } else if (target instanceof Target.LabelSets sets) {
      labelSets(sets, backward);
    } else if (target instanceof Target.Numbers numbers) {
      numbers(numbers.values(), backward);
    } else if (target instanceof Target.Span span) {
      spans(backward, (spans, dx) -> spans.plain(span, sequence, outputs, dx));
    } else if (target instanceof Target.BeamSpan span) {
      spans(backward, (spans, dx) -> spans.beam(span, sequence, outputs, dx));
    } else if (target instanceof Target.Sentences sentences) {
      sentences(sentences.labels(), backward);
    }
  }

  private void spans(boolean backward, ToDoubleBiFunction<Spans, double[]> head) {
    Spans spans = new Spans(parameters, sizes, inputs);
    double loss = head.applyAsDouble(spans, backward ? dSequence : new double[0]);
    if (!backward) {
      outputs.put("loss", new double[] {loss});
      totalLoss += loss;
    }
  }

  private void maskedLm(Target.MaskedLm target, boolean backward) {
    int hidden = sizes.hidden();
    int embedding = sizes.embedding();
    Dense dense = new Dense(parameters, TRANSFORM + "/dense", hidden, embedding);
    Activation activation = new Activation(sizes.activation());
    LayerNorm norm =
        new LayerNorm(parameters, TRANSFORM + "/LayerNorm", embedding, sizes.epsilon());
    OutputLayer decoder =
        new OutputLayer(
            parameters, Embeddings.WORDS, "cls/predictions/output_bias", embedding, sizes.vocab());
    int predictions = target.positions().length;
    double[] gathered = new double[predictions * hidden];
    for (int p = 0; p < predictions; p++) {
      System.arraycopy(sequence, row(target, p) * hidden, gathered, p * hidden, hidden);
    }
    CrossEntropy entropy = CrossEntropy.weighted(target.ids(), target.weights());
    double[] logits = decoder.forward(norm.forward(activation.forward(dense.forward(gathered))));
    double[] logProbs = entropy.logProbabilities(logits);
    if (!backward) {
      record("mlm_log_probs", logProbs, "mlm_loss", entropy.loss(logProbs));
      return;
    }
    double[] dLogits = entropy.logitsGradient(logProbs);
    double[] dGathered =
        dense.backward(activation.backward(norm.backward(decoder.backward(dLogits))));
    for (int i = 0; i < dGathered.length; i++) {
      dSequence[row(target, i / hidden) * hidden + i % hidden] += dGathered[i];
    }
  }

  /** The row of the flattened sequence output that prediction p looks at. */
  private int row(Target.MaskedLm target, int p) {
    int predictionsPerSequence = target.positions().length / inputs.batch();
    return p / predictionsPerSequence * inputs.tokens() + target.positions()[p];
  }

  private void classes(
      CrossEntropy entropy,
      int numLabels,
      String scope,
      String logProbsName,
      String lossName,
      boolean backward) {
    OutputLayer layer = pooledLayer(scope, numLabels);
    double[] logProbs = entropy.logProbabilities(layer.forward(pooled));
    if (backward) {
      Layer.add(dPooled, layer.backward(entropy.logitsGradient(logProbs)));
    } else {
      record(logProbsName, logProbs, lossName, entropy.loss(logProbs));
    }
  }

  private void joint(Target.Joint target, boolean backward) {
    CrossEntropy ofLabels = CrossEntropy.counted(target.labels(), target.labelLossWeight());
    classes(ofLabels, target.numLabels(), "", "log_probs", "label_loss", backward);
    CrossEntropy ofTags = CrossEntropy.counted(target.tags(), target.tagLossWeight());
    OutputLayer layer =
        new OutputLayer(
            parameters,
            "cls/token/output_weights",
            "cls/token/output_bias",
            sizes.hidden(),
            target.numTags());
    double[] logits = layer.forward(sequence);
    double[] logProbs = ofTags.logProbabilities(logits);
    if (backward) {
      Layer.add(dSequence, layer.backward(ofTags.logitsGradient(logProbs)));
    } else {
      record("token_logits", logits, "tag_loss", ofTags.loss(logProbs));
    }
  }

  private void labelSets(Target.LabelSets target, boolean backward) {
    OutputLayer layer = pooledLayer("", target.numLabels());
    double[] logits = layer.forward(pooled);
    double[] right = target.right();
    double[] probabilities = new double[right.length];
    double[] dLogits = new double[right.length];
    double loss = 0;
    for (int i = 0; i < right.length; i++) {
      probabilities[i] = 1 / (1 + Math.exp(-logits[i]));
      double said = right[i] == 1 ? probabilities[i] : 1 - probabilities[i];
      loss -= Math.log(said) / right.length;
      dLogits[i] = (probabilities[i] - right[i]) / right.length;
    }
    if (backward) {
      Layer.add(dPooled, layer.backward(dLogits));
    } else {
      record("probabilities", probabilities, "loss", loss);
    }
  }

  private void numbers(double[] values, boolean backward) {
    OutputLayer layer = pooledLayer("", 1);
    double[] predictions = layer.forward(pooled);
    double[] dPredictions = new double[values.length];
    double loss = 0;
    for (int b = 0; b < values.length; b++) {
      double error = predictions[b] - values[b];
      loss += error * error / values.length;
      dPredictions[b] = 2 * error / values.length;
    }
    if (backward) {
      Layer.add(dPooled, layer.backward(dPredictions));
    } else {
      record("predictions", predictions, "loss", loss);
    }
  }

  private void sentences(int[] labels, boolean backward) {
    OutputLayer layer =
        new OutputLayer(
            parameters, "cls/token/output_weights", "cls/token/output_bias", sizes.hidden(), 1);
    double[] logits = layer.forward(sequence);
    double[] dLogits = new double[labels.length];
    double count = Arrays.stream(labels).filter(label -> label >= 0).count();
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        double probability = 1 / (1 + Math.exp(-logits[i]));
        loss -= Math.log(labels[i] == 1 ? probability : 1 - probability) / count;
        dLogits[i] = (probability - labels[i]) / count;
      }
    }
    if (backward) {
      Layer.add(dSequence, layer.backward(dLogits));
    } else {
      record("sentence_logits", logits, "loss", loss);
    }
  }

  private OutputLayer pooledLayer(String scope, int out) {
    return new OutputLayer(
        parameters, scope + "output_weights", scope + "output_bias", sizes.hidden(), out);
  }

  private void record(String name, double[] output, String lossName, double loss) {
    outputs.put(name, output);
    outputs.put(lossName, new double[] {loss});
    totalLoss += loss;
  }
}
