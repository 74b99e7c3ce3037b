/** The reports module. */
@org.jspecify.annotations.NullMarked
package albert.reports;
