@org.jspecify.annotations.NullMarked
package albert.datasets.choice;
