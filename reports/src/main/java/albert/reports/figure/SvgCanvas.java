package albert.reports.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Draws as SVG. */
final class SvgCanvas implements Canvas {
  private final Svg svg;

  SvgCanvas(Svg svg) {
    this.svg = svg;
  }

  @Override
  public void group(String tooltip, Runnable content) {
    svg.open("g").text("title", tooltip);
    content.run();
    svg.close("g");
  }

  @Override
  public void path(Look look, String data, double x, double y, double scale) {
    List<Object> attributes = new ArrayList<>(List.of("class", look.css()));
    if (look.filled()) {
      add(attributes, "fill", look.colour());
    } else {
      add(attributes, "stroke", look.colour(), "fill", "none");
      if (look.width() != 1) {
        add(attributes, "stroke-width", look.width());
      }
      if (!look.dashes().isEmpty()) {
        add(attributes, "stroke-dasharray", look.dashes());
      }
    }
    if (look.opacity() < 1) {
      add(attributes, look.filled() ? "fill-opacity" : "stroke-opacity", look.opacity());
    }
    add(attributes, "d", data);
    if (x != 0 || y != 0 || scale != 1) {
      String size = scale == 1 ? "" : " scale(" + Svg.number(scale) + ")";
      add(attributes, "transform", Svg.translate(x, y) + size);
    }
    svg.empty("path", attributes.toArray());
  }

  @Override
  public void words(Words words) {
    String colour = words.soft() ? "soft" : "ink";
    List<Object> attributes = new ArrayList<>();
    add(attributes, "class", words.halo() ? colour + " halo" : colour);
    add(attributes, "fill", words.soft() ? FigureStyle.SOFT : FigureStyle.INK);
    if (words.size() != FigureStyle.TEXT_SIZE) {
      add(attributes, "font-size", words.size());
    }
    if (words.bold()) {
      add(attributes, "font-weight", "600");
    }
    if (words.anchor() != Words.Anchor.START) {
      add(attributes, "text-anchor", words.anchor().name().toLowerCase(Locale.ROOT));
    }
    if (words.halo()) {
      add(attributes, "stroke", FigureStyle.GROUND, "stroke-width", 3.0);
      add(attributes, "paint-order", "stroke");
    }
    if (words.turned()) {
      add(attributes, "transform", Svg.translate(words.x(), words.y()) + " rotate(-90)");
    } else {
      add(attributes, "x", words.x(), "y", words.y());
    }
    svg.text("text", words.text(), attributes.toArray());
  }

  private static void add(List<Object> attributes, Object... more) {
    Collections.addAll(attributes, more);
  }
}
