/** What people say to a conversational agent: intents, slots, and what is out of its scope. */
@org.jspecify.annotations.NullMarked
package albert.datasets.intent;
