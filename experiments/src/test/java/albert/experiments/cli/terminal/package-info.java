@org.jspecify.annotations.NullMarked
package albert.experiments.cli.terminal;
