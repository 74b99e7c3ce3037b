package albert.reports.figure;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of SVG's path data that our figures use: M, L, H, V, h, v, z and half circles a, each
 * command written out once for each of its steps.
 */
final class PathData {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z]|-?[0-9.]+");

  /** How far a cubic curve's handles reach along a quarter of a circle of radius 1. */
  private static final double HANDLE = 4 * (Math.sqrt(2) - 1) / 3;

  private final Deque<String> tokens = new ArrayDeque<>();
  private double x;
  private double y;
  private double startX;
  private double startY;

  private PathData(String data) {
    Matcher matcher = TOKEN.matcher(data);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /** What draws. */
  interface Pen {
    void move(double x, double y) throws IOException;

    void line(double x, double y) throws IOException;

    /** A cubic curve to (x3, y3). */
    void curve(double x1, double y1, double x2, double y2, double x3, double y3) throws IOException;

    void close() throws IOException;
  }

  /**
   * Draws path data.
   *
   * @throws IllegalArgumentException if it has commands of other kinds
   * @throws IOException from the pen
   */
  static void draw(String data, Pen pen) throws IOException {
    PathData path = new PathData(data);
    while (!path.tokens.isEmpty()) {
      path.step(path.tokens.remove(), pen);
    }
  }

  private void step(String command, Pen pen) throws IOException {
    switch (command) {
      case "M" -> {
        x = number();
        y = number();
        startX = x;
        startY = y;
        pen.move(x, y);
      }
      case "L" -> line(pen, number(), number());
      case "H" -> line(pen, number(), y);
      case "V" -> line(pen, x, number());
      case "h" -> line(pen, x + number(), y);
      case "v" -> line(pen, x, y + number());
      case "a" -> halfCircle(pen);
      case "z", "Z" -> {
        pen.close();
        x = startX;
        y = startY;
      }
      default -> throw new IllegalArgumentException("path data has '" + command + "'");
    }
  }

  private void line(Pen pen, double toX, double toY) throws IOException {
    x = toX;
    y = toY;
    pen.line(x, y);
  }

  /** Around the middle between here and there, as two quarters. */
  private void halfCircle(Pen pen) throws IOException {
    double radius = number();
    number();
    number();
    number();
    double turn = number() > 0 ? 1 : -1;
    double halfX = number() / 2;
    double halfY = number() / 2;
    if (Math.abs(Math.hypot(halfX, halfY) - radius) > 1e-6) {
      throw new IllegalArgumentException("path data has an arc that is no half circle");
    }
    double middleX = x + halfX;
    double middleY = y + halfY;
    double fromX = -halfX;
    double fromY = -halfY;
    for (int quarter = 0; quarter < 2; quarter++) {
      double toX = -turn * fromY;
      double toY = turn * fromX;
      pen.curve(
          middleX + fromX + HANDLE * toX,
          middleY + fromY + HANDLE * toY,
          middleX + toX + HANDLE * fromX,
          middleY + toY + HANDLE * fromY,
          middleX + toX,
          middleY + toY);
      fromX = toX;
      fromY = toY;
    }
    x = middleX + halfX;
    y = middleY + halfY;
  }

  private double number() {
    String token = tokens.poll();
    if (token == null) {
      throw new IllegalArgumentException("path data ends too early");
    }
    return Double.parseDouble(token);
  }
}
