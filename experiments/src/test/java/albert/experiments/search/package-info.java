@org.jspecify.annotations.NullMarked
package albert.experiments.search;
