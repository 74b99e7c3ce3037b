/** One run in its folder: its record, what it starts from, and what it leaves. */
@org.jspecify.annotations.NullMarked
package albert.experiments.run;
