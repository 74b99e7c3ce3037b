/** Hugging Face's safetensors files, one or several of a directory. */
@org.jspecify.annotations.NullMarked
package albert.model.io.safetensors;
