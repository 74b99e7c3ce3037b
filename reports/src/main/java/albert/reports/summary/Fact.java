package albert.reports.summary;

/**
 * A line of a list: settings, provenance.
 *
 * @param name what it is about
 * @param value what is so
 */
public record Fact(String name, String value) {}
