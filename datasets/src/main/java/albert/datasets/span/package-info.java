/**
 * Reading comprehension as SQuAD has it: questions whose answer is a span of a text, or that have
 * none. Texts are indexed in UTF-16 units; a window's positions count its pieces from [CLS] = 0.
 */
@org.jspecify.annotations.NullMarked
package albert.datasets.span;
