/** The model module. */
@org.jspecify.annotations.NullMarked
package albert.model;
