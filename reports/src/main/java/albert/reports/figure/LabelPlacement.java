package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for labels such that none covers a mark, a bar, a line or another label. Each label
 * takes the first free place of a fixed list around its mark, near ones first.
 */
final class LabelPlacement {
  private static final double LINE_HEIGHT = 16;
  private static final double SIZE = FigureStyle.SMALL_SIZE;
  private static final double[] DISTANCES = {10, 20, 34, 50, 70, 92, 118, 150};

  /** Straight beside the mark first. */
  private static final List<double[]> DIRECTIONS = directions();

  private final Box bounds;
  private final List<Box> taken = new ArrayList<>();
  private final List<Box> labels = new ArrayList<>();
  private final List<Box> marks = new ArrayList<>();
  private final List<Segment> lines = new ArrayList<>();

  LabelPlacement(Box bounds) {
    this.bounds = bounds;
  }

  /** The same with all that is taken so far. */
  LabelPlacement copy() {
    LabelPlacement copy = new LabelPlacement(bounds);
    copy.taken.addAll(taken);
    copy.labels.addAll(labels);
    copy.marks.addAll(marks);
    copy.lines.addAll(lines);
    return copy;
  }

  private static List<double[]> directions() {
    List<double[]> directions =
        new ArrayList<>(
            List.of(
                new double[] {1, 0},
                new double[] {-1, 0},
                new double[] {0, -1},
                new double[] {0, 1},
                new double[] {0.8, -1},
                new double[] {-0.8, -1},
                new double[] {0.8, 1},
                new double[] {-0.8, 1}));
    for (int part = 0; part < 24; part++) {
      double angle = 2 * Math.PI * (part + 0.5) / 24;
      directions.add(new double[] {Math.cos(angle), Math.sin(angle)});
    }
    return directions;
  }

  /**
   * A place for a text.
   *
   * @param box what the text covers, taken generously
   * @param lines the text
   * @param far it is away from its mark, and needs a line to it
   */
  record Place(Box box, List<String> lines, boolean far) {
    Place {
      lines = List.copyOf(lines);
    }

    /** Draws the text. */
    void draw(Canvas canvas, boolean soft) {
      double y = box.top() + LINE_HEIGHT - 4;
      for (String line : lines) {
        Words words = Words.at(box.left() + 2, y, line).small().withHalo();
        canvas.words(soft ? words.asSoft() : words);
        y += LINE_HEIGHT;
      }
    }
  }

  /** Keeps the mark around (x, y) free, of labels and of lines from labels to other marks. */
  void reserveMark(double x, double y, double half) {
    Box box = Box.around(x, y, half, half);
    taken.add(box);
    marks.add(box);
  }

  /** Keeps a part of the drawing free. */
  void reserve(Box box) {
    taken.add(box);
  }

  /** Keeps a line free that is not along an edge of the drawing. */
  void reserve(Segment line) {
    lines.add(line);
  }

  /** A free place beside the mark at (x, y), now taken; empty if there is none. */
  Optional<Place> place(List<String> text, double x, double y) {
    for (double distance : DISTANCES) {
      for (double[] direction : DIRECTIONS) {
        Box box = beside(x, y, direction, distance, width(text), text.size() * LINE_HEIGHT);
        boolean far = distance > DISTANCES[0];
        Segment leader = leader(x, y, box);
        if (isFree(box) && (!far || isFree(leader))) {
          if (far) {
            lines.add(leader);
          }
          return Optional.of(take(new Place(box, text, far)));
        }
      }
    }
    return Optional.empty();
  }

  /** A free place above or below an end of a horizontal line at y, now taken. */
  Optional<Place> placeAtEnd(String text, double y) {
    double width = width(List.of(text));
    for (double left : new double[] {bounds.right() - width - 4, bounds.left() + 4}) {
      for (double top : new double[] {y - LINE_HEIGHT - 2, y + 2}) {
        Box box = new Box(left, top, left + width, top + LINE_HEIGHT);
        if (isFree(box)) {
          return Optional.of(take(new Place(box, List.of(text), false)));
        }
      }
    }
    return Optional.empty();
  }

  /** The line from a mark to the nearest point of its label. */
  static Segment leader(double x, double y, Box box) {
    return new Segment(
        x,
        y,
        Math.min(Math.max(x, box.left()), box.right()),
        Math.min(Math.max(y, box.top()), box.bottom()));
  }

  private boolean isFree(Box box) {
    return bounds.contains(box)
        && taken.stream().noneMatch(box::overlaps)
        && lines.stream().noneMatch(line -> line.crosses(box));
  }

  /** Whether a line from a mark runs over no label and no other mark. */
  private boolean isFree(Segment leader) {
    return labels.stream().noneMatch(leader::crosses)
        && marks.stream()
            .filter(mark -> !mark.contains(Box.around(leader.x1(), leader.y1(), 0, 0)))
            .noneMatch(leader::crosses);
  }

  private Place take(Place place) {
    taken.add(place.box());
    labels.add(place.box());
    return place;
  }

  private static double width(List<String> lines) {
    return 4 + lines.stream().mapToDouble(line -> TextWidth.of(line, SIZE)).max().orElse(0);
  }

  private static Box beside(
      double x, double y, double[] direction, double distance, double width, double height) {
    return Box.around(
        x + direction[0] * (distance + width / 2),
        y + direction[1] * (distance + height / 2),
        width / 2,
        height / 2);
  }
}
