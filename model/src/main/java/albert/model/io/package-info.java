/**
 * Models in and out: checkpoints of our own, Hugging Face directories, Google's TensorFlow
 * checkpoints, SavedModels and ONNX. Whatever the format, weights are known inside by one set of
 * names: the variables of google-research/albert for ALBERT and of google-research/bert for BERT.
 *
 * <p>The formats of the files lie below, a package each, and know nothing of models but their
 * tensors.
 *
 * <p>Files are not trusted. A file that is not what it should be is a {@link
 * albert.model.io.file.ModelFileException} and nothing else: sizes are checked against the file's
 * length before memory is taken for them, and names never lead out of the directory. Nothing here
 * loads TensorFlow.
 */
@org.jspecify.annotations.NullMarked
package albert.model.io;
