/** Studies: their files, their plans, and the runner that goes through them. */
@org.jspecify.annotations.NullMarked
package albert.experiments.study;
