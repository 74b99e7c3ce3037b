/** The experiments module. */
@org.jspecify.annotations.NullMarked
package albert.experiments;
