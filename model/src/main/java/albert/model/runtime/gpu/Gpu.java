package albert.model.runtime.gpu;

/**
 * A GPU, as its driver describes it.
 *
 * @param name of the model
 * @param memoryBytes of the whole device, what others use of it included
 * @param computeCapability what it can do, {@code 9.0}
 */
public record Gpu(String name, long memoryBytes, String computeCapability) {}
