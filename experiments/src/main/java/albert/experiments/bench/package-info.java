/**
 * Measurements of speed: whole steps in a process of their own, and a JMH suite. Figures are
 * compared only side by side on one machine.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.bench;
