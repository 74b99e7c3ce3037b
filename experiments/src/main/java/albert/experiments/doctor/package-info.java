/** What of the machine the suite finds and uses, and what to do about what is missing. */
@org.jspecify.annotations.NullMarked
package albert.experiments.doctor;
