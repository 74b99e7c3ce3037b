package albert.reports.figure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A font of the DejaVu family in a PDF, of which the letters that are used are embedded. DejaVu has
 * Latin, Greek, Cyrillic, Hebrew, Arabic and mathematical signs; other characters, Chinese ones and
 * most pictures among them, become a question mark. Letters stand in the order of the text, from
 * left to right in all scripts.
 */
final class PdfFont {
  private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";

  private final PDFont font;
  private final CmapLookup glyphs;

  private PdfFont(PDFont font, CmapLookup glyphs) {
    this.font = font;
    this.glyphs = glyphs;
  }

  /** The font of texts, plain or bold. */
  static PdfFont load(PDDocument document, boolean bold) throws IOException {
    String file = FOLDER + (bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");
    try (InputStream in = PdfFont.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file + " is not on the class path");
      }
      TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(in));
      return new PdfFont(PDType0Font.load(document, parsed, true), parsed.getUnicodeCmapLookup());
    }
  }

  PDFont font() {
    return font;
  }

  /** The text in the characters that the font has; what has no shape is left out. */
  String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                shown.append(' ');
              } else if (Character.getType(c) != Character.FORMAT) {
                shown.appendCodePoint(glyphs.getGlyphId(c) == 0 ? '?' : c);
              }
            });
    return shown.toString();
  }

  /** The width of such a text in units of the drawing. */
  double width(String shown, double size) throws IOException {
    return font.getStringWidth(shown) / 1000 * size;
  }
}
