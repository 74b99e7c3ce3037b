/** What studies, runs and caches leave on the disk that can go, and freeing it. */
@NullMarked
package albert.experiments.clean;

import org.jspecify.annotations.NullMarked;
