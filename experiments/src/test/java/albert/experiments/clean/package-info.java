/** Tests of freeing. */
@NullMarked
package albert.experiments.clean;

import org.jspecify.annotations.NullMarked;
