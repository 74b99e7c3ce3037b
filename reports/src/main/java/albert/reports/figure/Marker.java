package albert.reports.figure;

import java.util.Locale;

/**
 * The look of a series: a shape and a colour, each with a contrast of 4.5 and more to the ground in
 * light and dark, so that neither colour alone nor shape alone tells series apart.
 */
public enum Marker {
  /** A disc. */
  DISC("M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z", "#1f5fb4", "#79b1ff"),
  /** A square. */
  SQUARE("M-5 -5h10v10h-10z", "#b8430b", "#ffa26b"),
  /** A triangle that points up. */
  TRIANGLE("M0 -6.5L6 4.5H-6z", "#177a3c", "#63d18b"),
  /** A diamond. */
  DIAMOND("M0 -7L6 0L0 7L-6 0z", "#7b3fb0", "#cda6ff"),
  /** A triangle that points down. */
  WEDGE("M0 6.5L6 -4.5H-6z", "#0b6f74", "#56cfd2"),
  /** A plus. */
  PLUS("M-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z", "#b3206a", "#ff93c4"),
  /** A bar. */
  BAR("M-3 -6.5h6v13h-6z", "#7d5600", "#e3b755"),
  /** A bar that lies. */
  SLAB("M-6.5 -3h13v6h-13z", "#4a5568", "#b9c4d2");

  private final String path;
  private final String colour;
  private final String darkColour;

  Marker(String path, String colour, String darkColour) {
    this.path = path;
    this.colour = colour;
    this.darkColour = darkColour;
  }

  /** The look of a series; after the last it begins again. */
  public static Marker of(int series) {
    return values()[Math.floorMod(series, values().length)];
  }

  /** The class that the style sheet colours in the dark. */
  public String cssClass() {
    return "mark-" + name().toLowerCase(Locale.ROOT);
  }

  /** The class that the style sheet colours lines by in the dark. */
  String strokeClass() {
    return "bar-" + name().toLowerCase(Locale.ROOT);
  }

  /** The outline as SVG path data around the origin, 14 units wide and high. */
  public String path() {
    return path;
  }

  /** The colour on a light ground. */
  public String colour() {
    return colour;
  }

  /** The look of its shape. */
  Look filled() {
    return Look.fill(cssClass(), colour);
  }

  /** The look of its lines. */
  Look stroked() {
    return Look.stroke(strokeClass(), colour);
  }

  /** The colour on a dark ground. */
  String darkColour() {
    return darkColour;
  }
}
