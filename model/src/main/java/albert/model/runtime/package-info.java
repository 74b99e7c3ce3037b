/**
 * Models that run: graph, session, precision and device behind a Java face that speaks arrays.
 * Whoever makes one of these closes it. In a build for GPUs {@link RuntimeOptions#resolve} comes
 * before all that loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.model.runtime;
