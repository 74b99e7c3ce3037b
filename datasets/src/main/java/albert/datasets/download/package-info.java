/** Where public data sets come from, and how they get here whole. */
@org.jspecify.annotations.NullMarked
package albert.datasets.download;
