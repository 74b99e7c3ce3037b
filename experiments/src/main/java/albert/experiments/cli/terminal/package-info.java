/** What is drawn on a terminal, and how wide it is. */
@org.jspecify.annotations.NullMarked
package albert.experiments.cli.terminal;
