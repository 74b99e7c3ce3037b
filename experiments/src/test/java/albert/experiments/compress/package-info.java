@org.jspecify.annotations.NullMarked
package albert.experiments.compress;
