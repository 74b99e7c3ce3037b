/**
 * The command line: a class a command. Exit status 0 is done, 1 the work failed, 2 wrong usage,
 * configuration or input, 130 interrupted. An error is one line; results go to standard output,
 * everything else to standard error.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.cli;
