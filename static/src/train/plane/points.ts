/** The points of both parts: those trained on filled, those held out hollow, each parted from its ground by an outline. */
import { count, type Points } from "../live/points";
import { isMistake } from "./chosen";
import type { Split } from "../live/protocol";
import { markOf } from "./marks";
import { classColour, css, mix, valueColour, type Palette } from "./palette";

/** Radius of a mark: smaller when there are many, never so small that its shape is lost. */
export function markRadius(width: number, count: number): number {
  return (width / 560) * Math.max(2.6, Math.min(5.2, 108 / Math.sqrt(Math.max(1, count))));
}

/** Radii of a mark from its middle to the ring around it. */
const RING = 1.8;

export function drawPoints(
  context: CanvasRenderingContext2D,
  points: Split<Points>,
  extent: readonly [number, number],
  palette: Palette,
  width: number,
): void {
  const [low, high] = extent;
  const scale = width / (high - low);
  const r = markRadius(width, count(points.train) + count(points.validation));
  const outline = css(palette.outline);
  const inks = palette.classes.map((_, label) => {
    const colour = classColour(palette, label);
    return css(palette.dark ? colour : mix(colour, [0, 0, 0], 0.08));
  });
  const place = ({ x, y }: Points, index: number): [number, number] => [
    (x[index]! - low) * scale,
    width - (y[index]! - low) * scale,
  ];
  context.lineJoin = "round";
  for (const [part, hollow] of [
    [points.train, false],
    [points.validation, true],
  ] as const) {
    for (let index = 0; index < part.x.length; index += 1) {
      const label = part.label[index] ?? 0;
      const value = part.value[index];
      const ink =
        value === undefined
          ? (inks[label % inks.length] ?? outline)
          : css(valueColour(palette, value));
      const [x, y] = place(part, index);
      context.beginPath();
      markOf(label)(context, x, y, r);
      // a value near 0 has the colour of its ground
      context.strokeStyle = value === undefined ? outline : css([110, 118, 130]);
      context.lineWidth = r * (hollow ? 1.05 : 0.62);
      context.stroke();
      context.fillStyle = hollow ? outline : ink;
      context.fill();
      if (!hollow) continue;
      context.strokeStyle = ink;
      context.lineWidth = r * 0.46;
      context.stroke();
    }
  }
}

/** A ring around every point that is taken for another class: a shape, so that it is seen without its colour. */
export function drawMistakes(
  context: CanvasRenderingContext2D,
  points: Split<Points>,
  chosen: Split<Uint8Array>,
  [low, high]: readonly [number, number],
  palette: Palette,
  width: number,
): void {
  const scale = width / (high - low);
  const many = count(points.train) + count(points.validation);
  const r = markRadius(width, many);
  const rings = new Path2D();
  let wrong = 0;
  for (const part of ["train", "validation"] as const) {
    const { x, y, label } = points[part];
    for (let index = 0; index < label.length; index += 1) {
      if (!isMistake(label[index]!, chosen[part][index])) continue;
      const [across, down] = [(x[index]! - low) * scale, width - (y[index]! - low) * scale];
      wrong += 1;
      rings.moveTo(across + RING * r, down);
      rings.arc(across, down, RING * r, 0, 2 * Math.PI);
    }
  }
  // fainter the more there are: before any training most are wrong, and the points themselves come first
  const strength = 1 - 0.65 * Math.min(1, (2 * wrong) / Math.max(1, many));
  context.strokeStyle = css(palette.outline, 0.75 * strength);
  context.lineWidth = r * 0.7;
  context.stroke(rings);
  context.strokeStyle = css(palette.ink, strength);
  context.lineWidth = r * 0.32;
  context.stroke(rings);
}
