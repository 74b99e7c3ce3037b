/** Tasks: what is predicted from which text, where the data lies and how it is read. */
@org.jspecify.annotations.NullMarked
package albert.datasets.task;
