/** What every task has: a name, parts of data, files and where they lie. */
@org.jspecify.annotations.NullMarked
package albert.datasets.task;
