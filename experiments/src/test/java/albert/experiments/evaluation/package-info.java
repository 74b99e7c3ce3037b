@org.jspecify.annotations.NullMarked
package albert.experiments.evaluation;
