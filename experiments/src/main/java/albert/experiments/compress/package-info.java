/** Compressing a checkpoint: the texts it learns from, the steps and what each of them loses. */
@org.jspecify.annotations.NullMarked
package albert.experiments.compress;
