/** What people say to a conversational agent: intents with slots, and intents with a scope. */
@org.jspecify.annotations.NullMarked
package albert.experiments.task.intent;
