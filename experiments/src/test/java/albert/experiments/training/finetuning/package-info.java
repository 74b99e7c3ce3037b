@org.jspecify.annotations.NullMarked
package albert.experiments.training.finetuning;
