package org.acopio.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Draws landscapes that nobody ever saw: a sky, a sun, hills and water, each from its own seed. */
final class Picture {
  private Picture() {}

  static BufferedImage landscape(int width, int height, long seed) {
    return landscape(width, height, seed, 0);
  }

  /** The same landscape some time later: {@code time} runs from 0 to 1 while the sun goes down. */
  static BufferedImage landscape(int width, int height, long seed, double time) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    float hue = random.nextFloat();
    sky(pen, width, height, hue);
    sun(pen, width, height, random, time);
    for (int hill = 0; hill < 4; hill++) {
      hills(pen, width, height, random, hue, hill);
    }
    water(pen, width, height, random, time);
    pen.dispose();
    return image;
  }

  private static void sky(Graphics2D pen, int width, int height, float hue) {
    Color above = Color.getHSBColor(hue, 0.65f, 0.45f);
    Color below = Color.getHSBColor(hue + 0.12f, 0.45f, 0.98f);
    pen.setPaint(new GradientPaint(0, 0, above, 0, height * 0.7f, below));
    pen.fillRect(0, 0, width, height);
  }

  private static void sun(Graphics2D pen, int width, int height, Random random, double time) {
    double size = height * (0.1 + random.nextDouble() * 0.12);
    double x = width * (0.2 + random.nextDouble() * 0.6);
    double y = height * (0.15 + random.nextDouble() * 0.2 + time * 0.3);
    for (int ring = 8; ring >= 0; ring--) {
      double glow = size * (1 + ring * 0.35);
      pen.setColor(new Color(255, 236, 170, ring == 0 ? 255 : 22));
      pen.fill(new Ellipse2D.Double(x - glow / 2, y - glow / 2, glow, glow));
    }
  }

  private static void hills(
      Graphics2D pen, int width, int height, Random random, float hue, int nearness) {
    Path2D line = new Path2D.Double();
    double base = height * (0.45 + nearness * 0.09);
    double phase = random.nextDouble() * 10;
    double swing = height * (0.05 + random.nextDouble() * 0.06);
    line.moveTo(0, height);
    for (int x = 0; x <= width; x += 2) {
      double along = x * 9.0 / width;
      line.lineTo(x, base + swing * (Math.sin(along + phase) + 0.4 * Math.sin(3.1 * along)));
    }
    line.lineTo(width, height);
    line.closePath();
    pen.setColor(Color.getHSBColor(hue + 0.5f, 0.35f, 0.62f - nearness * 0.13f));
    pen.fill(line);
  }

  private static void water(Graphics2D pen, int width, int height, Random random, double time) {
    pen.setStroke(new BasicStroke(Math.max(1f, height / 300f)));
    for (int wave = 0; wave < 120; wave++) {
      double depth = random.nextDouble();
      int y = (int) (height * (0.82 + depth * 0.18));
      int x = (int) ((random.nextDouble() + time * depth) % 1 * width);
      pen.setColor(new Color(255, 255, 255, 30 + random.nextInt(60)));
      pen.drawLine(x, y, x + (int) (width * 0.06 * (depth + 0.3)), y);
    }
  }
}
