package albert.reports.figure;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What tests look for in a figure's SVG. */
final class Drawn {
  private static final Pattern POINT = Pattern.compile("[ML]([-0-9.]+) ([-0-9.]+)");
  private static final Pattern SHIFT =
      Pattern.compile("translate\\(([-0-9.]+) ([-0-9.]+)\\)(?: scale\\(([0-9.]+)\\))?");

  private final Document document;

  Drawn(Figure figure) throws Exception {
    this(figure.standAlone());
  }

  Drawn(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  /** All elements of a name. */
  List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Width and height. */
  Box bounds() {
    String[] box = document.getDocumentElement().getAttribute("viewBox").split(" ", -1);
    return new Box(0, 0, Double.parseDouble(box[2]), Double.parseDouble(box[3]));
  }

  List<String> texts() {
    return all("text").stream().map(Element::getTextContent).toList();
  }

  /** The element that holds a text. */
  Element text(String text) {
    return all("text").stream()
        .filter(e -> e.getTextContent().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no '" + text + "' in " + texts()));
  }

  /** The paths with an attribute. */
  List<Element> paths(String attribute, String value) {
    return all("path").stream().filter(e -> e.getAttribute(attribute).equals(value)).toList();
  }

  /** What a text covers, taken generously, as wide as it is in a wide font. */
  static Box box(Element text) {
    double size = number(text, "font-size", FigureStyle.TEXT_SIZE);
    double width = TextWidth.of(text.getTextContent(), size);
    if (text.getAttribute("transform").contains("rotate")) {
      double[] at = shift(text);
      return Box.around(at[0], at[1], size / 2, width / 2);
    }
    double x = number(text, "x", 0);
    double y = number(text, "y", 0);
    double left =
        switch (text.getAttribute("text-anchor")) {
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> x;
        };
    return new Box(left, y - 0.7 * size, left + width, y + 0.15 * size);
  }

  /** Where a mark is, and its size. */
  static double[] shift(Element element) {
    var matcher = SHIFT.matcher(element.getAttribute("transform"));
    if (!matcher.find()) {
      throw new AssertionError("no shift: " + element.getAttribute("transform"));
    }
    return new double[] {
      Double.parseDouble(matcher.group(1)),
      Double.parseDouble(matcher.group(2)),
      matcher.group(3) == null ? 1 : Double.parseDouble(matcher.group(3))
    };
  }

  /** The corners of a path: x and y each. */
  static List<double[]> corners(Element path) {
    return POINT
        .matcher(path.getAttribute("d"))
        .results()
        .map(m -> new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))})
        .toList();
  }

  private static double number(Element element, String attribute, double missing) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? missing : Double.parseDouble(value);
  }
}
