package albert.model.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many numbers each variable of a model has, by its published name. */
public final class Variables {
  private final Map<String, Integer> sizes = new TreeMap<>();

  private Variables() {}

  /** The variables of an encoder and of the heads with these targets. */
  public static Map<String, Integer> of(Oracle.Sizes model, List<? extends Target> targets) {
    Variables variables = new Variables();
    int embedding = model.embedding();
    int hidden = model.hidden();
    variables.sizes.put(Embeddings.WORDS, model.vocab() * embedding);
    variables.sizes.put("bert/embeddings/position_embeddings", model.positions() * embedding);
    variables.sizes.put("bert/embeddings/token_type_embeddings", model.types() * embedding);
    variables.norm("bert/embeddings/LayerNorm", embedding);
    if (model.projected()) {
      variables.dense("bert/encoder/embedding_hidden_mapping_in", embedding, hidden);
    }
    for (int layer = 0; layer < model.attentionSets().size(); layer++) {
      for (int inner = 0; inner < model.innerBlocks(); inner++) {
        variables.block(BlockNames.of(model, layer, inner), hidden, model.intermediate());
      }
    }
    if (!model.meanPooled() && targets.stream().anyMatch(Target::readsPooled)) {
      variables.dense("bert/pooler/dense", hidden, hidden);
    }
    targets.forEach(target -> variables.head(target, model));
    return variables.sizes;
  }

  private void block(BlockNames names, int hidden, int intermediate) {
    dense(names.attentionSelf() + "/query", hidden, hidden);
    dense(names.attentionSelf() + "/key", hidden, hidden);
    dense(names.attentionSelf() + "/value", hidden, hidden);
    dense(names.attentionOutput(), hidden, hidden);
    norm(names.attentionNorm(), hidden);
    dense(names.intermediate(), hidden, intermediate);
    dense(names.output(), intermediate, hidden);
    norm(names.outputNorm(), hidden);
  }

  private void head(Target target, Oracle.Sizes model) {
    if (target instanceof Target.MaskedLm) {
      dense("cls/predictions/transform/dense", model.hidden(), model.embedding());
      norm("cls/predictions/transform/LayerNorm", model.embedding());
      sizes.put("cls/predictions/output_bias", model.vocab());
    } else if (target instanceof Target.SentencePair) {
      output("cls/seq_relationship/", 2, model.hidden());
    } else if (target instanceof Target.Classes classes) {
      output("", classes.numLabels(), model.hidden());
    } else if (target instanceof Target.Numbers) {
      output("", 1, model.hidden());
    } else if (target instanceof Target.Span) {
      output("cls/squad/", 2, model.hidden());
    } else if (target instanceof Target.BeamSpan) {
      dense("start_logits/dense", model.hidden(), 1);
      dense("end_logits/dense_0", 2 * model.hidden(), model.hidden());
      norm("end_logits/LayerNorm", model.hidden());
      dense("end_logits/dense_1", model.hidden(), 1);
      dense("answer_class/dense_0", 2 * model.hidden(), model.hidden());
      sizes.put("answer_class/dense_1/kernel", model.hidden());
    }
  }

  private void output(String scope, int out, int hidden) {
    sizes.put(scope + "output_weights", out * hidden);
    sizes.put(scope + "output_bias", out);
  }

  private void dense(String name, int in, int out) {
    sizes.put(name + "/kernel", in * out);
    sizes.put(name + "/bias", out);
  }

  private void norm(String name, int width) {
    sizes.put(name + "/gamma", width);
    sizes.put(name + "/beta", width);
  }
}
