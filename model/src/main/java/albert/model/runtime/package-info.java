/**
 * Models that run: graph, session, precision and device behind a Java face that speaks arrays.
 * Whoever makes one of these closes it.
 */
@org.jspecify.annotations.NullMarked
package albert.model.runtime;
