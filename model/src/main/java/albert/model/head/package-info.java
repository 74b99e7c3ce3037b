/** What stands on top of an encoder: pretraining objectives and tasks, each with its loss. */
@org.jspecify.annotations.NullMarked
package albert.model.head;
