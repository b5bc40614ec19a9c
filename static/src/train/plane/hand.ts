/** What a hand does on the plane beside pointing, by pointer or by keys. */
import type { Drawing } from "./drawing.svelte";
import type { Spot } from "./places";

export interface Hand {
  down: (spot: Spot, reach: number) => void;
  drag: (spot: Spot, reach: number) => void;
  up: () => void;
  /** Arrow keys led to another place. */
  moved: (spot: Spot) => void;
  /** Whether a key press was the hand's. */
  key: (event: KeyboardEvent, at: Spot, reach: number) => boolean;
}

/** How near a point must be to be erased or taken, for keys that move by a twentieth. */
const REACH = 0.05;

/** The hand that changes points: Enter does what a press does, figures and letters choose the tool. */
export function handOf(drawing: Drawing, brushes: () => number): Hand {
  const press = (at: Spot) => {
    drawing.down(at, REACH);
    // what is taken up by keys is carried until the next press
    if (!drawing.carrying) drawing.up();
  };
  const keys: Record<string, (at: Spot) => void> = {
    Enter: (at) => (drawing.carrying ? drawing.up() : press(at)),
    Delete: (at) => erase(at),
    Backspace: (at) => erase(at),
    e: () => (drawing.tool = "erase"),
    m: () => (drawing.tool = "move"),
  };

  function erase(at: Spot): void {
    const { tool } = drawing;
    drawing.tool = "erase";
    press(at);
    drawing.tool = tool;
  }

  return {
    down: (spot, reach) => drawing.down(spot, reach),
    drag: (spot, reach) => drawing.drag(spot, reach),
    up: () => drawing.up(),
    moved: (spot) => {
      if (drawing.carrying) drawing.drag(spot, REACH);
    },
    key: (event, at) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      const label = /^\d$/.test(event.key) ? Number(event.key) : null;
      if (label !== null && label < brushes()) drawing.tool = label;
      const act = keys[event.key];
      act?.(at);
      return label !== null || act !== undefined;
    },
  };
}
