import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { packed } from "./fixtures";
import type { ServerMessage } from "./protocol";
import { IDLE, type Link } from "./reconnect";
import { Wire } from "./wire";

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  binaryType = "";
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly address: string) {
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.onmessage?.({ data: packed({ type: "status", playing: false, step: 1 }) });
  }

  lose(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

let links: Link["kind"][] = [];
let messages: ServerMessage[] = [];
let garbled: unknown[] = [];
let opened = 0;
let wire: Wire;

function socket(): FakeSocket {
  return FakeSocket.made.at(-1) ?? expect.unreachable("no socket was made");
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  [FakeSocket.made, links, messages, garbled, opened] = [[], [], [], [], 0];
  wire = new Wire("ws://here/live", {
    opened: () => (opened += 1),
    message: (message) => messages.push(message),
    garbled: (error) => garbled.push(error),
    link: ({ kind }) => links.push(kind),
  });
  wire.connect();
});

afterEach(() => {
  wire.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the wire", () => {
  it("sends when it is open and says so when it is not", () => {
    expect(wire.send({ type: "play" })).toBe(false);
    socket().accept();
    expect(wire.send({ type: "play" })).toBe(true);
    expect(socket().sent).toEqual(['{"type":"play"}']);
    expect(messages).toHaveLength(1);
    expect(links).toEqual(["open"]);
  });

  it("opens another socket after a loss, by itself or at once when asked", () => {
    socket().accept();
    socket().lose();
    expect(links).toEqual(["open", "waiting"]);
    vi.advanceTimersByTime(600);
    expect(FakeSocket.made).toHaveLength(2);
    socket().lose();
    wire.retryNow();
    expect(FakeSocket.made).toHaveLength(3);
    vi.advanceTimersByTime(60_000);
    // one try at a time
    expect(FakeSocket.made).toHaveLength(3);
    socket().accept();
    expect(opened).toBe(2);
    expect(links.at(-1)).toBe("open");
  });

  it("does not wait for a dead network to close", () => {
    socket().accept();
    wire.watch(true);
    vi.advanceTimersByTime(19_000);
    expect(links.at(-1)).toBe("open");
    vi.advanceTimersByTime(2_000);
    expect(links).toContain("waiting");
    expect(FakeSocket.made[0]?.onmessage).toBeNull();
  });

  it("takes silence for rest while nothing plays", () => {
    socket().accept();
    wire.watch(true);
    wire.watch(false);
    vi.advanceTimersByTime(600_000);
    expect(links).toEqual(["open"]);
  });

  it("rests when idle, and wakes when there is something to say", () => {
    socket().accept();
    socket().lose(IDLE);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.made).toHaveLength(1);
    expect(wire.send({ type: "play" })).toBe(false);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it("lives on when something arrives that it cannot read", () => {
    socket().accept();
    socket().onmessage?.({ data: new Uint8Array([193]).buffer });
    expect(garbled).toHaveLength(1);
    expect(wire.open).toBe(true);
  });
});
