package albert.model.config;

import org.jspecify.annotations.Nullable;

/**
 * Names of a dense layer's variables.
 *
 * @param name {@code /kernel} and {@code /bias} stand below it
 * @param delta name of the {@link LayerDelta} that is added to the kernel; null for none
 */
public record DenseName(String name, @Nullable String delta) {}
