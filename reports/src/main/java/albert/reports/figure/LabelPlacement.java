package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for labels such that none covers a mark, a bar or another label. Each label takes
 * the first free place of a fixed list around its mark, near ones first.
 */
final class LabelPlacement {
  private static final double LINE_HEIGHT = 14;
  private static final double FONT_SIZE = 12;
  private static final double[] DISTANCES = {10, 20, 34, 50, 70};
  private static final double[][] DIRECTIONS = {
    {1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}
  };

  private final Box bounds;
  private final List<Box> taken = new ArrayList<>();

  LabelPlacement(Box bounds) {
    this.bounds = bounds;
  }

  /**
   * A place for a text.
   *
   * @param box what the text covers, taken generously
   * @param far it is away from its mark, and needs a line to it
   */
  record Place(Box box, boolean far) {
    /** Where the middle of the text's first line begins, left. */
    double x() {
      return box.left() + 2;
    }

    /** The base line. */
    double baseline() {
      return box.bottom() - 3.5;
    }
  }

  /** Keeps a part of the drawing free. */
  void reserve(Box box) {
    taken.add(box);
  }

  /** A free place beside the mark at (x, y), now taken; empty if there is none. */
  Optional<Place> place(String text, double x, double y) {
    double width = width(text) + 4;
    for (double distance : DISTANCES) {
      for (double[] direction : DIRECTIONS) {
        Box box = beside(x, y, direction, distance, width);
        if (bounds.contains(box) && taken.stream().noneMatch(box::overlaps)) {
          taken.add(box);
          return Optional.of(new Place(box, distance > DISTANCES[0]));
        }
      }
    }
    return Optional.empty();
  }

  /** A free place above or below an end of a horizontal line at y, now taken. */
  Optional<Place> placeAtEnd(String text, double y) {
    double width = width(text) + 4;
    for (double left : new double[] {bounds.right() - width - 4, bounds.left() + 4}) {
      for (double top : new double[] {y - LINE_HEIGHT - 3, y + 3}) {
        Box box = new Box(left, top, left + width, top + LINE_HEIGHT);
        if (bounds.contains(box) && taken.stream().noneMatch(box::overlaps)) {
          taken.add(box);
          return Optional.of(new Place(box, false));
        }
      }
    }
    return Optional.empty();
  }

  private static Box beside(double x, double y, double[] direction, double distance, double width) {
    double diagonal = direction[0] != 0 && direction[1] != 0 ? 0.75 : 1;
    double middleX = x + direction[0] * (distance * diagonal + width / 2);
    double middleY = y + direction[1] * (distance * diagonal + LINE_HEIGHT / 2);
    return Box.around(middleX, middleY, width / 2, LINE_HEIGHT / 2);
  }

  /** The width of a text in a wide sans-serif font, so that it fits in a narrower one as well. */
  static double width(String text) {
    return FONT_SIZE * text.codePoints().mapToDouble(LabelPlacement::width).sum();
  }

  private static double width(int c) {
    if ("iljtfI.,:;'|!()[] ".indexOf(c) >= 0) {
      return 0.38;
    }
    if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '%') {
      return 0.95;
    }
    if (c >= 0x1100) {
      return 1.05; // East Asian scripts and pictographs fill a square
    }
    return Character.isUpperCase(c) ? 0.72 : 0.62;
  }
}
