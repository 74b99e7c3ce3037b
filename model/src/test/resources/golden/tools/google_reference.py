"""Runs Google's published ALBERT code (google-research/albert b772393, TF1) on a tiny random model and stores what it computes.
usage: google_reference.py CLONE_PARENT OUT_DIR SEED [OTHER_SHAPES]   (CLONE_PARENT holds the repository as a package named `albert`)
Needs tensorflow-cpu, tf_keras (TF_USE_LEGACY_KERAS=1), safetensors. Dropout is 0, so every figure is deterministic."""
import os, sys, types, json
os.environ["TF_USE_LEGACY_KERAS"] = "1"; os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow as tf2
import tensorflow.compat.v1 as tf
from safetensors.numpy import save_file
parent, out, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
tf.disable_eager_execution(); tf.disable_v2_behavior(); tf.enable_resource_variables()  # as on TPU: the step is read before it is advanced

def layer_norm(inputs, begin_norm_axis=-1, begin_params_axis=-1, scope=None):
    # tf.contrib.layers.layer_norm as published: biased variance, epsilon 1e-12, variables LayerNorm/beta and LayerNorm/gamma
    with tf.variable_scope(scope, "LayerNorm", [inputs]):
        n = inputs.shape[-1]
        beta = tf.get_variable("beta", [n], initializer=tf.zeros_initializer())
        gamma = tf.get_variable("gamma", [n], initializer=tf.ones_initializer())
        mean, var = tf.nn.moments(inputs, [-1], keepdims=True)
        return tf.nn.batch_normalization(inputs, mean, var, beta, gamma, 1e-12)

contrib = types.ModuleType("tensorflow.contrib")
layers = types.ModuleType("tensorflow.contrib.layers"); layers.layer_norm = layer_norm
for n in ("tpu", "cluster_resolver"):
    m = types.ModuleType("tensorflow.contrib." + n); sys.modules["tensorflow.contrib." + n] = m; setattr(contrib, n, m)
sys.modules["tensorflow.contrib.layers"] = layers; contrib.layers = layers; sys.modules["tensorflow.contrib"] = contrib
if not hasattr(tf, "estimator"):
    tf.estimator = types.ModuleType("estimator")
sys.modules.setdefault("tensorflow.compat.v1.estimator", tf.estimator)
tf.logging.set_verbosity(tf.logging.ERROR)
sys.path.insert(0, parent)
from albert import modeling, optimization
# as published the norm counts a repeated word's gradient rows before they are summed; the references use the gradient's own norm
clip = tf.clip_by_global_norm
tf.clip_by_global_norm = lambda g, clip_norm: clip([None if x is None else tf.convert_to_tensor(x) for x in g], clip_norm)
import ast
src = open(os.path.join(parent, "albert", "run_pretraining.py")).read()
ns = {"tf": tf, "modeling": modeling}
for node in ast.parse(src).body:
    if isinstance(node, ast.FunctionDef) and node.name in ("get_masked_lm_output", "get_sentence_order_output", "gather_indexes"):
        exec(compile(ast.Module([node], []), "run_pretraining", "exec"), ns)

CASES = {
  "one-group": dict(vocab_size=97, embedding_size=16, hidden_size=24, num_hidden_layers=3, num_hidden_groups=1, num_attention_heads=4, intermediate_size=48, inner_group_num=1, hidden_act="gelu"),
  "two-groups-inner-two": dict(vocab_size=89, embedding_size=8, hidden_size=20, num_hidden_layers=4, num_hidden_groups=2, num_attention_heads=5, intermediate_size=36, inner_group_num=2, hidden_act="gelu"),
  "no-factorisation-no-sharing": dict(vocab_size=83, embedding_size=24, hidden_size=24, num_hidden_layers=3, num_hidden_groups=3, num_attention_heads=3, intermediate_size=40, inner_group_num=1, hidden_act="relu"),
}
if len(sys.argv) > 4:   # other shapes under other names
  CASES = {
  "alpha": dict(vocab_size=71, embedding_size=10, hidden_size=28, num_hidden_layers=5, num_hidden_groups=1, num_attention_heads=7, intermediate_size=60, inner_group_num=1, hidden_act="gelu"),
  "beta": dict(vocab_size=61, embedding_size=18, hidden_size=18, num_hidden_layers=6, num_hidden_groups=3, num_attention_heads=2, intermediate_size=30, inner_group_num=2, hidden_act="relu"),
  "gamma": dict(vocab_size=113, embedding_size=32, hidden_size=16, num_hidden_layers=2, num_hidden_groups=2, num_attention_heads=4, intermediate_size=64, inner_group_num=1, hidden_act="gelu"),
  }
for name, c in CASES.items():
  for optimizer in ("lamb", "adamw"):
    tf.reset_default_graph(); tf.set_random_seed(seed)
    rng = np.random.RandomState(seed)
    cfg = modeling.AlbertConfig(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, max_position_embeddings=32, type_vocab_size=2, initializer_range=0.2, **c)
    B, S, M = 4, 17, 5
    ids = rng.randint(1, c["vocab_size"], (B, S)).astype(np.int32)
    lens = [17, 12, 5, 9]; mask = np.array([[1]*l + [0]*(S-l) for l in lens], np.int32); ids *= mask
    tt = np.array([[1 if l//2 <= i < l else 0 for i in range(S)] for l in lens], np.int32)
    pos = np.array([sorted(rng.choice(l, min(M, l-1), replace=False).tolist()) + [0]*(M-min(M, l-1)) for l in lens], np.int32)
    w = np.array([[1.0]*min(M, l-1) + [0.0]*(M-min(M, l-1)) for l in lens], np.float32); w[0, -1] = 0.0
    lab = rng.randint(1, c["vocab_size"], (B, M)).astype(np.int32); sop = np.array([[0],[1],[1],[0]], np.int32)
    model = modeling.AlbertModel(config=cfg, is_training=True, input_ids=tf.constant(ids), input_mask=tf.constant(mask), token_type_ids=tf.constant(tt), use_one_hot_embeddings=False)
    mlm_loss, mlm_ex, mlm_lp = ns["get_masked_lm_output"](cfg, model.get_sequence_output(), model.get_embedding_table(), tf.constant(pos), tf.constant(lab), tf.constant(w))
    sop_loss, sop_ex, sop_lp = ns["get_sentence_order_output"](cfg, model.get_pooled_output(), tf.constant(sop))
    total = mlm_loss + sop_loss
    tv = tf.trainable_variables(); grads = tf.gradients(total, tv)
    grads = [tf.convert_to_tensor(g) if g is not None else None for g in grads]
    tf.train.get_or_create_global_step()
    opt = optimization.create_optimizer(total, 0.01, 6, 2, False, optimizer)
    sess = tf.Session(); sess.run(tf.global_variables_initializer())
    # biases and LayerNorm start at 0/1; move them so that a swapped bias cannot hide
    for v in tv:
        if v.shape.rank == 1: v.load(sess.run(v) + rng.normal(0, 0.1, v.shape.as_list()).astype(np.float32), sess)
    d = os.path.join(out, name); os.makedirs(d, exist_ok=True)
    o = sess.run(dict(embedding_output=model.get_embedding_output(), sequence_output=model.get_sequence_output(), pooled_output=model.get_pooled_output(), mlm_log_probs=mlm_lp, mlm_loss=mlm_loss, sop_log_probs=sop_lp, sop_loss=sop_loss, total_loss=total))
    for i, l in enumerate(sess.run(model.get_all_encoder_layers())): o["encoder_layer_%d" % (i+1)] = l
    before = {v.op.name: a for v, a in zip(tv, sess.run(tv))}
    g = {v.op.name: a for v, a in zip([v for v, q in zip(tv, grads) if q is not None], sess.run([q for q in grads if q is not None]))}
    f32 = lambda x: np.ascontiguousarray(np.asarray(x))
    if optimizer == "lamb":
        json.dump(dict(cfg.to_dict()), open(os.path.join(d, "albert_config.json"), "w"), indent=1, sort_keys=True)
        save_file({k: f32(v) for k, v in before.items()}, os.path.join(d, "weights.safetensors"))
        save_file({**{"input_ids": ids, "input_mask": mask, "token_type_ids": tt, "masked_lm_positions": pos, "masked_lm_ids": lab, "masked_lm_weights": w, "sentence_order_labels": sop}, **{k: np.atleast_1d(f32(v)).astype(np.float32) for k, v in o.items()}}, os.path.join(d, "forward.safetensors"))
        save_file({k: f32(v) for k, v in g.items()}, os.path.join(d, "gradients.safetensors"))
        tf.train.Saver(tv).save(sess, os.path.join(d, "model.ckpt-best"), write_meta_graph=False, write_state=False)
    losses = []
    for _ in range(6):
        losses.append(float(sess.run([total, opt])[0]) if False else float(sess.run(total))); sess.run(opt)
    losses.append(float(sess.run(total)))
    save_file({k: f32(v) for k, v in zip([v.op.name for v in tv], sess.run(tv))}, os.path.join(d, "after-6-%s-steps.safetensors" % optimizer))
    json.dump(dict(optimizer=optimizer, init_lr=0.01, num_train_steps=6, num_warmup_steps=2, weight_decay_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-6, clip_global_norm=1.0, exclude_from_weight_decay=["LayerNorm","layer_norm","bias"], loss_before_each_step_and_after_last=losses), open(os.path.join(d, optimizer + ".json"), "w"), indent=1)
    sess.close()
    print(name, optimizer, losses[0], losses[-1], len(tv))
