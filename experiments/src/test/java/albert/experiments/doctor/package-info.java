@org.jspecify.annotations.NullMarked
package albert.experiments.doctor;
