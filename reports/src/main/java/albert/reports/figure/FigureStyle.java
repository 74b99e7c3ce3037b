package albert.reports.figure;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Colours. The light ones are attributes of the elements, which every program understands that
 * reads SVG; the style sheet replaces them on a dark screen.
 */
final class FigureStyle {
  static final String GROUND = "#ffffff";
  static final String INK = "#1b1f24";
  static final String SOFT = "#4f5965";
  static final String GRID = "#dfe3e8";
  static final String SHADE = "#e9eff7";

  /** The size of letters in units of the drawing, {@link Drawing#WIDTH} of which are its width. */
  static final double TEXT_SIZE = 14;

  static final double SMALL_SIZE = 13;

  static final String CSS =
      "@media screen and (prefers-color-scheme: dark){"
          + ".figure .ground{fill:#14181d}"
          + ".figure .ink{fill:#e9edf2}"
          + ".figure .soft{fill:#aab4c0}"
          + ".figure .axis{stroke:#aab4c0}"
          + ".figure .rule{stroke:#e9edf2}"
          + ".figure .shade{fill:#222c38}"
          + ".figure .grid{stroke:#2c333c}"
          + ".figure .halo{stroke:#14181d}"
          + Stream.of(Marker.values())
              .map(
                  m ->
                      String.format(
                          Locale.ROOT,
                          ".figure .%s{fill:%s}.figure .%s{stroke:%s}",
                          m.cssClass(),
                          m.darkColour(),
                          m.strokeClass(),
                          m.darkColour()))
              .collect(Collectors.joining())
          + "}";

  private FigureStyle() {}
}
