/** Weights and configuration in ONNX files, without ONNX's classes. */
@org.jspecify.annotations.NullMarked
package albert.model.io.onnx;
