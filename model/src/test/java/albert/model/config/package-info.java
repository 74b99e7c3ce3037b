/** Tests of configurations and of what follows from them. */
@org.jspecify.annotations.NullMarked
package albert.model.config;
