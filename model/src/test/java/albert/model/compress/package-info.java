/** Tests of compression. */
@org.jspecify.annotations.NullMarked
package albert.model.compress;
