package albert.datasets.text;

import albert.datasets.DataFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads WordNet's data files (format: {@code wndb(5WN)}), which arrive by Maven. */
final class WordNet {
  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> PARTS_OF_SPEECH = List.of("noun", "verb", "adj", "adv");

  /** {@code offset file type words word id … | gloss}; the number of words is hexadecimal. */
  private static final Pattern LINE =
      Pattern.compile("(\\d{8}) (\\d{2}) [nvasr] ([0-9a-f]{2}) (.*?) \\| (.*)");

  /** Example sentences follow the definition, in quotation marks after a semicolon or colon. */
  private static final Pattern EXAMPLES = Pattern.compile("[;:]\\s*\".*");

  private static final Pattern ADJECTIVE_MARKER = Pattern.compile("\\((a|p|ip)\\)$");

  /** By number ({@code lexnames(5WN)}). */
  static final List<String> LEXICOGRAPHER_FILES =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private WordNet() {}

  /**
   * A set of synonyms.
   *
   * @param partOfSpeech noun, verb, adj or adv
   * @param offset eight digits, its name within the part of speech
   * @param lexicographerFile index into {@link #LEXICOGRAPHER_FILES}
   * @param lemmas its words in lower case, with {@code _} for spaces; at least one
   * @param definition the gloss without example sentences, never empty
   */
  record Synset(
      String partOfSpeech,
      String offset,
      int lexicographerFile,
      List<String> lemmas,
      String definition) {

    String foldedDefinition() {
      return definition.toLowerCase(Locale.ROOT);
    }
  }

  /** Every synset, in the order of the files. */
  static List<Synset> read() {
    List<Synset> synsets = new ArrayList<>();
    for (String partOfSpeech : PARTS_OF_SPEECH) {
      String resource = FOLDER + "data." + partOfSpeech;
      try (InputStream in = WordNet.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is not on the class path");
        }
        synsets.addAll(
            read(resource, partOfSpeech, new InputStreamReader(in, StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return synsets;
  }

  /**
   * The synsets of one file.
   *
   * @throws DataFormatException if a line is not a synset, or there is none
   */
  static List<Synset> read(String file, String partOfSpeech, Reader reader) throws IOException {
    List<Synset> synsets = new ArrayList<>();
    BufferedReader lines = new BufferedReader(reader);
    String line;
    for (int number = 1; (line = lines.readLine()) != null; number++) {
      // the licence, at the top, is indented
      if (!line.startsWith("  ")) {
        synsets.add(synset(file, number, partOfSpeech, line));
      }
    }
    if (synsets.isEmpty()) {
      throw new DataFormatException(file, "there is no synset in it");
    }
    return synsets;
  }

  private static Synset synset(String file, int number, String partOfSpeech, String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new DataFormatException(
          file,
          number,
          "it is not a synset (offset, file, type, words, gloss): " + shortened(line));
    }
    int lexicographerFile = Integer.parseInt(matcher.group(2));
    int words = Integer.parseInt(matcher.group(3), 16);
    String[] fields = matcher.group(4).split(" ", -1);
    String definition = EXAMPLES.matcher(matcher.group(5)).replaceFirst("").strip();
    if (lexicographerFile >= LEXICOGRAPHER_FILES.size()
        || words == 0
        || fields.length < 2 * words
        || definition.isEmpty()) {
      throw new DataFormatException(
          file,
          number,
          String.format(
              Locale.ROOT,
              "expected a lexicographer file below %d, at least one word and a definition: %s",
              LEXICOGRAPHER_FILES.size(),
              shortened(line)));
    }
    List<String> lemmas = new ArrayList<>(words);
    for (int word = 0; word < words; word++) {
      String lemma = ADJECTIVE_MARKER.matcher(fields[2 * word]).replaceFirst("");
      lemmas.add(lemma.toLowerCase(Locale.ROOT));
    }
    return new Synset(
        partOfSpeech, matcher.group(1), lexicographerFile, List.copyOf(lemmas), definition);
  }

  private static String shortened(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
