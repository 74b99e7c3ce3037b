package albert.reports.output;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Texts as LaTeX sets them, in ASCII alone and with commands that every engine has without further
 * packages, whatever the encodings of input and fonts. Letters with accents are written by
 * commands. What has no command, such as Cyrillic, is written by {@link #ANY_CHARACTER}. Characters
 * that only steer how a text is shown, such as the marks of writing direction, are left out.
 */
final class LatexText {
  /**
   * Defines a command that sets a character by its number: XeTeX and LuaTeX set it if their font
   * has it; otherwise, and in pdfTeX, it is named, as [U+4E2D].
   */
  static final String ANY_CHARACTER =
      "\\providecommand{\\albertchar}[2]{\\ifdefined\\Umathcode"
          + "\\iffontchar\\font#1 \\char#1 \\else[U+#2]\\fi\\else[U+#2]\\fi}\n";

  /** So many characters without a place to break are given one. */
  private static final int LONGEST_UNBROKEN = 16;

  /** Stands where a line may end; from outside it does not get in. */
  private static final char PLACE = '\u200B';

  private static final char FIXED = '\u00A0';
  private static final char NARROW = '\u202F';
  private static final String DEVIATION = FIXED + "±" + FIXED;

  private static final Map<Integer, String> SYMBOLS = symbols();
  private static final Map<Integer, String> ACCENTS = accents();

  private LatexText() {}

  /** A text that LaTeX sets as it is, with places to break it in long words. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int before = 0;
    for (int c : breakable(text).codePoints().toArray()) {
      out.append(c == '-' && before == '-' ? "{}-" : character(c));
      before = c;
    }
    return out.toString();
  }

  /** The parts of a text that no line break divides. */
  static List<String> unbroken(String text) {
    return List.of(breakable(text).split("[ " + PLACE + "]+", -1));
  }

  /** The characters that are shown, with blanks and {@link #PLACE} where a line may end. */
  private static String breakable(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).replace(" ± ", DEVIATION);
    StringBuilder out = new StringBuilder(text.length());
    int unbroken = 0;
    int before = 0;
    for (int c : composed.codePoints().toArray()) {
      boolean blank = isBlank(c);
      if (blank || isInvisible(c)) {
        out.append(blank ? " " : "");
        unbroken = blank ? 0 : unbroken;
        continue;
      }
      boolean isWord = Character.isLetter(c) || Character.isLetter(before);
      if (before == '_' || (unbroken >= LONGEST_UNBROKEN && isWord)) {
        out.append(PLACE);
        unbroken = 0;
      }
      out.appendCodePoint(c);
      unbroken++;
      before = c;
    }
    return out.toString();
  }

  private static boolean isBlank(int c) {
    return Character.isISOControl(c)
        || Character.isWhitespace(c)
        || (Character.isSpaceChar(c) && c != FIXED && c != NARROW);
  }

  /**
   * Marks of direction, joiners, halves of characters, and what chooses the look of a character.
   */
  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static String character(int c) {
    String symbol = SYMBOLS.get(c);
    if (symbol != null) {
      return symbol;
    }
    return c < 0x7F ? Character.toString(c) : other(c);
  }

  /** A letter with an accent by the accent's command, anything else by its number. */
  private static String other(int c) {
    String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
    if (parts.length() == 2) {
      char letter = parts.charAt(0);
      String accent = ACCENTS.get((int) parts.charAt(1));
      if (accent != null && isLetter(letter)) {
        return "\\" + accent + "{" + (letter == 'i' || letter == 'j' ? "\\" : "") + letter + "}";
      }
    }
    return "\\albertchar{" + c + "}{" + String.format(Locale.ROOT, "%04X", c) + "}";
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Map<Integer, String> accents() {
    Map<Integer, String> accents = new HashMap<>();
    String[] commands = {
      "\u0300`",
      "\u0301'",
      "\u0302^",
      "\u0303~",
      "\u0304=",
      "\u0306u",
      "\u0307.",
      "\u0308\"",
      "\u030Ar",
      "\u030BH",
      "\u030Cv",
      "\u0323d",
      "\u0327c",
      "\u0331b"
    };
    for (String command : commands) {
      accents.put((int) command.charAt(0), command.substring(1));
    }
    return Map.copyOf(accents);
  }

  private static Map<Integer, String> symbols() {
    Map<Integer, String> symbols = new HashMap<>();
    symbols.put((int) PLACE, "\\allowbreak{}");
    symbols.put((int) FIXED, "~");
    symbols.put((int) NARROW, "\\,");
    for (int c : "&%$#_{}".codePoints().toArray()) {
      symbols.put(c, "\\" + Character.toString(c));
    }
    String[] named = {
      "\\",
      "\\textbackslash{}",
      "~",
      "\\textasciitilde{}",
      "^",
      "\\textasciicircum{}",
      "<",
      "\\textless{}",
      ">",
      "\\textgreater{}",
      "|",
      "\\textbar{}",
      "\"",
      "\\char34{}",
      "`",
      "\\char96{}",
      "[",
      "{[}",
      "]",
      "{]}",
      "*",
      "{*}",
      "−",
      "$-$",
      "±",
      "$\\pm$",
      "×",
      "$\\times$",
      "÷",
      "$\\div$",
      "·",
      "$\\cdot$",
      "≠",
      "$\\neq$",
      "≤",
      "$\\leq$",
      "≥",
      "$\\geq$",
      "≈",
      "$\\approx$",
      "∞",
      "$\\infty$",
      "√",
      "$\\surd$",
      "→",
      "$\\rightarrow$",
      "←",
      "$\\leftarrow$",
      "↑",
      "$\\uparrow$",
      "↓",
      "$\\downarrow$",
      "°",
      "$^{\\circ}$",
      "¹",
      "$^{1}$",
      "²",
      "$^{2}$",
      "³",
      "$^{3}$",
      "µ",
      "$\\mu$",
      "μ",
      "$\\mu$",
      "α",
      "$\\alpha$",
      "β",
      "$\\beta$",
      "γ",
      "$\\gamma$",
      "δ",
      "$\\delta$",
      "ε",
      "$\\epsilon$",
      "λ",
      "$\\lambda$",
      "π",
      "$\\pi$",
      "ρ",
      "$\\rho$",
      "σ",
      "$\\sigma$",
      "τ",
      "$\\tau$",
      "χ",
      "$\\chi$",
      "Δ",
      "$\\Delta$",
      "Σ",
      "$\\Sigma$",
      "Ω",
      "$\\Omega$",
      "⚠",
      "(!)",
      "–",
      "--",
      "—",
      "---",
      "…",
      "\\dots{}",
      "“",
      "``",
      "”",
      "''",
      "‘",
      "\\char96{}",
      "’",
      "'",
      "§",
      "\\S{}",
      "©",
      "\\copyright{}",
      "ß",
      "\\ss{}",
      "æ",
      "\\ae{}",
      "Æ",
      "\\AE{}",
      "œ",
      "\\oe{}",
      "Œ",
      "\\OE{}",
      "ø",
      "\\o{}",
      "Ø",
      "\\O{}",
      "ł",
      "\\l{}",
      "Ł",
      "\\L{}",
      "ı",
      "\\i{}",
      "¡",
      "!`",
      "¿",
      "?`"
    };
    for (int i = 0; i < named.length; i += 2) {
      symbols.put(named[i].codePointAt(0), named[i + 1]);
    }
    return Map.copyOf(symbols);
  }
}
