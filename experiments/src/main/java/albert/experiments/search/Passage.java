package albert.experiments.search;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A text that can be found.
 *
 * @param line where it is in its file, from 1
 * @param id what the file calls it, any JSON value; null where it has no name
 * @param text the text
 */
public record Passage(long line, @Nullable JsonNode id, String text) {}
