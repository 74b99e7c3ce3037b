@org.jspecify.annotations.NullMarked
package albert.datasets.table;
