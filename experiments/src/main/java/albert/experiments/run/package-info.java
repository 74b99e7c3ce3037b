/**
 * From a plan of runs to finished run directories: encoding the data, the training loop, the
 * evaluation, and the runner that goes through a study and can be stopped at any moment.
 */
@org.jspecify.annotations.NullMarked
package albert.experiments.run;
