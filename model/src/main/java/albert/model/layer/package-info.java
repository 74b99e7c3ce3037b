/**
 * The encoder, layer by layer, as graph-building code.
 *
 * <p>Inside the encoder activations are flat, float32 [batch · seq, width], so that every dense
 * layer is one matrix product. Symbols are those of {@link albert.model.config}.
 */
@org.jspecify.annotations.NullMarked
package albert.model.layer;
