package albert.model.oracle;

/**
 * One encoder block: a = norm(x + attention(x)), y = norm(a + ffn(a)). Attention and feed-forward
 * network take their weights from sets of their own.
 */
final class Block implements Layer {
  private final SelfAttention attention;
  private final Dense attentionOutput;
  private final LayerNorm attentionNorm;
  private final Dense intermediate;
  private final Activation activation;
  private final Dense output;
  private final LayerNorm outputNorm;

  Block(Parameters parameters, Oracle.Sizes sizes, Oracle.Inputs inputs, int layer, int inner) {
    BlockNames names = BlockNames.of(sizes, layer, inner);
    int hidden = sizes.hidden();
    attention = new SelfAttention(parameters, names.attentionSelf(), sizes, inputs);
    attentionOutput = new Dense(parameters, names.attentionOutput(), hidden, hidden);
    attentionNorm = new LayerNorm(parameters, names.attentionNorm(), hidden, sizes.epsilon());
    intermediate = new Dense(parameters, names.intermediate(), hidden, sizes.intermediate());
    activation = new Activation(sizes.activation());
    output = new Dense(parameters, names.output(), sizes.intermediate(), hidden);
    outputNorm = new LayerNorm(parameters, names.outputNorm(), hidden, sizes.epsilon());
  }

  @Override
  public double[] forward(double[] x) {
    double[] attended = attentionOutput.forward(attention.forward(x));
    Layer.add(attended, x);
    double[] middle = attentionNorm.forward(attended);
    double[] fed = output.forward(activation.forward(intermediate.forward(middle)));
    Layer.add(fed, middle);
    return outputNorm.forward(fed);
  }

  @Override
  public double[] backward(double[] dy) {
    double[] dFed = outputNorm.backward(dy);
    double[] dMiddle = intermediate.backward(activation.backward(output.backward(dFed)));
    Layer.add(dMiddle, dFed);
    double[] dAttended = attentionNorm.backward(dMiddle);
    double[] dx = attention.backward(attentionOutput.backward(dAttended));
    Layer.add(dx, dAttended);
    return dx;
  }
}
