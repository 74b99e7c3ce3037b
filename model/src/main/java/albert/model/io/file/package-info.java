/**
 * What the formats of weights share: tensors in files, whole files, and what is wrong with one, in
 * words for the person who brought it.
 */
@org.jspecify.annotations.NullMarked
package albert.model.io.file;
