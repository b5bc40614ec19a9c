/** One WebSocket that is opened again whenever it closes. */
import { encode, type ClientMessage, type ServerMessage } from "./protocol";
import { read } from "./read";
import { next, START, type Link, type LinkEvent } from "./reconnect";

export interface WireEvents {
  /** A socket is open: the session begins anew on it. */
  opened: () => void;
  message: (message: ServerMessage) => void;
  /** Something arrived that is not of the protocol. */
  garbled: (error: unknown) => void;
  link: (link: Link) => void;
}

/** A playing session is never silent for so long unless the network has gone without a word. */
const SILENCE = 20_000;
const ABNORMAL = 1006;

export class Wire {
  #address: string;
  #events: WireEvents;
  #link: Link = START;
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #watching = false;

  constructor(address: string, events: WireEvents) {
    this.#address = address;
    this.#events = events;
  }

  /** True when what is sent now goes out now. */
  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    const socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#events.opened();
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#heard(data);
    socket.onclose = ({ code }) => this.#closed(code);
    this.#socket = socket;
  }

  /** Sends when open; false when there is nobody to send to. */
  send(message: ClientMessage): boolean {
    if (!this.open) {
      this.wake();
      return false;
    }
    this.#socket?.send(encode(message));
    return true;
  }

  /** Opens a wire that rests: there is something to say. */
  wake(): void {
    if (this.#link.kind === "resting") this.retryNow();
  }

  /** Tries at once instead of waiting for the next turn. */
  retryNow(): void {
    clearTimeout(this.#retry);
    const before = this.#link;
    this.#step({ kind: "retry" });
    if (this.#link !== before) this.connect();
  }

  /** Whether silence would be a sign of loss, as it is while the training plays. */
  watch(watching: boolean): void {
    this.#watching = watching;
    this.#listen();
  }

  close(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#drop();
  }

  #heard(data: ArrayBuffer): void {
    this.#step({ kind: "heard" });
    this.#listen();
    let message: ServerMessage;
    try {
      message = read(data);
    } catch (error) {
      this.#events.garbled(error);
      return;
    }
    this.#events.message(message);
  }

  #closed(code: number): void {
    clearTimeout(this.#silence);
    this.#drop();
    this.#step({ kind: "closed", code });
    if (this.#link.kind === "waiting") this.#retry = setTimeout(() => this.retryNow(), this.#link.wait);
  }

  #listen(): void {
    clearTimeout(this.#silence);
    if (this.#watching && this.open) this.#silence = setTimeout(() => this.#closed(ABNORMAL), SILENCE);
  }

  /** A socket on a dead network takes minutes to close: its end is not waited for. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #step(event: LinkEvent): void {
    const before = this.#link;
    this.#link = next(before, event, Math.random());
    if (this.#link !== before) this.#events.link(this.#link);
  }
}
