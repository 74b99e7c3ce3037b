/**
 * What an experiment is, before any of it runs: the registry of configuration keys, study files and
 * the plan of runs that follows from one. Nothing here loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.config;
