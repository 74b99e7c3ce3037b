package albert.datasets.tokenizer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the user should know of a tokenizer, each line once a process. */
final class TokenizerNotes {
  /** Where lines for the user go: on the console they stand as all lines of the suite do. */
  private static final Logger LOG = LoggerFactory.getLogger("albert.notes");

  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private TokenizerNotes() {}

  static void say(List<String> notes) {
    notes.stream().filter(SAID::add).forEach(LOG::warn);
  }

  /** That nobody says whether text is lower-cased. */
  static String guessed(boolean uncased) {
    return "casing is guessed from the vocabulary: "
        + (uncased ? "uncased" : "cased")
        + "; tokenizer_config.json with do_lower_case decides";
  }
}
