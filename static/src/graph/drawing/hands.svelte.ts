/** What hands do to the drawing: open, pick, lump and take apart gates, and turn the numbers of inputs. */
import { count } from "../../shared/format";
import type { GraphNode } from "../answer";
import { enterBeside, returnHere } from "../beside/focus";
import type { Layout } from "../layout/board.svelte";
import type { GateBox } from "../layout/gates";
import type { Bounds } from "../layout/geometry";
import { news } from "../news.svelte";
import type { Session } from "../session.svelte";
import type { Camera } from "./camera.svelte";
import { dragged, isTurnable, numberNow, stepped, unitOf } from "./drag_number";
import type { Actions, Part } from "./gestures.svelte";

/** The arrow keys go ten times faster with Shift. */
const FAST = 10;
/** So long a click waits for a second one. */
const DOUBLE_MILLISECONDS = 350;

export class Hands implements Actions {
  /** The number being dragged. */
  turned = $state.raw<{ key: string; value: number } | null>(null);

  #opening: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly session: Session,
    readonly layout: Layout,
    readonly camera: Camera,
    readonly readonly: boolean,
  ) {}

  turns(node: GraphNode): boolean {
    return !this.readonly && isTurnable(node);
  }

  tap = (part: Part, shift: boolean): void => {
    clearTimeout(this.#opening);
    if (shift) return this.hold(part);
    const open = () => this.session.inspect(this.#openedBy(part));
    // What opens may cover the gate: where a second click has a meaning, it must find it.
    if (!this.readonly && this.session.view.beside === null && this.#regrouping(part.key))
      this.#opening = setTimeout(open, DOUBLE_MILLISECONDS);
    else open();
  };

  hold = ({ key }: Part): void => {
    if (!this.readonly && this.#box(key)?.kind === "gate") this.session.pick(key);
  };

  twice = ({ key }: Part): void => {
    clearTimeout(this.#opening);
    if (!this.readonly) this.#regrouping(key)?.();
  };

  grab = ({ key }: Part): ((pixels: number, fine: boolean) => void) | null => {
    const node = this.#node(key);
    if (!node || !this.turns(node)) return null;
    const start = numberNow(this.session, node);
    return (pixels, fine) => this.#turn(key, dragged(start, pixels, fine));
  };

  release = (): void => {
    this.turned = null;
  };

  surround = ({ left, top, width, height }: Bounds): void => {
    const { board } = this.layout;
    if (!board || this.readonly) return;
    const { x, y, scale } = this.camera.view;
    for (const { key, kind } of board.drawing.gates) {
      const place = board.places.get(key);
      if (kind !== "gate" || !place || this.session.picked.has(key)) continue;
      const [right, down] = [place.x * scale + x - left, place.y * scale + y - top];
      if (right >= 0 && right <= width && down >= 0 && down <= height) this.session.pick(key);
    }
  };

  /** The keys of a gate or an input that has the focus. */
  onkeydown = (event: KeyboardEvent, box: GateBox): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keyed(event, box);
    if (!act) return;
    event.preventDefault();
    act();
  };

  #keyed({ key, shiftKey }: KeyboardEvent, box: GateBox): (() => void) | null {
    if (key === "Enter") return () => this.#enter(box);
    if (this.readonly) return null;
    const node = this.#node(box.key);
    const way = key === "ArrowUp" ? 1 : key === "ArrowDown" ? -1 : 0;
    if (way !== 0 && node && this.turns(node)) return () => this.#step(node, shiftKey ? way * FAST : way);
    if (box.kind !== "gate") return null;
    if (key.toLowerCase() === "s") return () => this.#pick(box.key);
    if (key.toLowerCase() === "u") return this.#regrouping(box.key);
    if (key === "Escape" && this.session.picked.size > 0) return () => this.session.unpick();
    return null;
  }

  /** Opens a gate; the second time, goes there. */
  #enter({ key, text }: GateBox): void {
    const { view } = this.session;
    if (view.beside === "gate" && view.opened === key) return void enterBeside();
    returnHere();
    this.session.inspect(key);
    news.tell(`${text} is open beside the graph. Enter goes there, Escape closes it.`);
  }

  #pick(key: string): void {
    this.session.pick(key);
    const many = this.session.picked.size;
    news.tell(many === 0 ? "No gate is picked" : `${count(many, "gate")} picked. Tab leads to Lump.`);
  }

  #step(node: GraphNode, units: number): void {
    const now = numberNow(this.session, node);
    this.session.setValue(node, stepped(now, units * unitOf(now)));
  }

  #turn(key: string, value: number): void {
    // The newest answer's node, so that a program that was edited is written at the right place.
    const node = this.#node(key);
    if (!node) return;
    this.turned = { key, value };
    this.session.setValue(node, value);
  }

  /** Opens a lumped gate up, or lumps the gates of a known pattern; null for a gate that is neither. */
  #regrouping(key: string): (() => void) | null {
    const { session } = this;
    const node = this.#node(key);
    if (!node) return null;
    if (node.members.length > 0)
      return () => {
        session.unlump(node);
        news.tell(`Opened up into ${count(node.members.length, "gate")}`);
      };
    const patterns = session.drawn?.index.answer.lumpable.filter(({ gates }) => gates.includes(key)) ?? [];
    const [widest] = patterns.toSorted((a, b) => b.gates.length - a.gates.length);
    if (!widest) return null;
    return () => {
      session.lumpOp(widest.op);
      news.tell(`${count(widest.gates.length, "gate")} drawn as one ${widest.op.replaceAll("_", " ")}`);
    };
  }

  /** What opens: an edge by its own key, a wire that more than one edge shares by its source's. */
  #openedBy({ kind, key }: Part): string {
    const { board } = this.layout;
    const wire = kind === "wire" ? board?.drawing.wires.find((one) => one.key === key) : undefined;
    return board && wire && wire.role !== "edge" ? board.index.node(wire.source).key : key;
  }

  #box(key: string): GateBox | undefined {
    return this.layout.board?.drawing.gates.find((box) => box.key === key);
  }

  #node(key: string): GraphNode | undefined {
    return this.session.drawn?.index.answer.nodes.find((node) => node.key === key);
  }
}
