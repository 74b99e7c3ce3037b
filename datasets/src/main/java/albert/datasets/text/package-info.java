/** Tasks over texts and pairs of which a class or a number is predicted. */
@org.jspecify.annotations.NullMarked
package albert.datasets.text;
