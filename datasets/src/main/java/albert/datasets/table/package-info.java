/** Data of anybody's own, in tables: CSV, TSV and JSON lines. */
@org.jspecify.annotations.NullMarked
package albert.datasets.table;
