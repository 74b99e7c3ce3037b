/** What a study will cost and what it can find, before anything of it is trained. */
@org.jspecify.annotations.NullMarked
package albert.experiments.forecast;
