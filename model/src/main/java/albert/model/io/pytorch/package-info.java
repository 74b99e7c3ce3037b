/** Files of PyTorch's {@code torch.save}: tensors, and nothing else that a pickle could hold. */
@org.jspecify.annotations.NullMarked
package albert.model.io.pytorch;
