/** Multiple choice: questions with their choices, their files, and a sequence for each choice. */
@org.jspecify.annotations.NullMarked
package albert.datasets.choice;
