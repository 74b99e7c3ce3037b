/** Named entities: tagged sentences, their files, and windows of them with a label a word. */
@org.jspecify.annotations.NullMarked
package albert.datasets.entity;
