/** What a model has to beat: predictions that know nothing of word order. */
@org.jspecify.annotations.NullMarked
package albert.datasets.baseline;
