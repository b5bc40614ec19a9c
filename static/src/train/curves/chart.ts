/** A chart on the page: made anew when its lines, its scale or the theme change, drawn as data come, as large as its host. */
import type uPlot from "uplot";
import { onThemeChange } from "../../shared/theme";
import { makePlot, type PlotOptions } from "./plot";

/** Milliseconds between two drawings at least: lines need not move as often as a plane. */
const GAP = 80;

export class Chart {
  plot: uPlot | null = null;
  #host: HTMLElement | null = null;
  #options: () => Omit<PlotOptions, "width" | "height">;
  #data: () => uPlot.AlignedData;
  #drawnAt = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(options: () => Omit<PlotOptions, "width" | "height">, data: () => uPlot.AlignedData) {
    this.#options = options;
    this.#data = data;
  }

  /** Takes its place, where `make` then makes it; answers the function that ends it: fit for `onMount`. */
  open(host: HTMLElement): () => void {
    this.#host = host;
    const observer = new ResizeObserver(() =>
      this.plot?.setSize({ width: host.clientWidth, height: host.clientHeight }),
    );
    observer.observe(host);
    const forget = onThemeChange(() => this.make());
    return () => {
      forget();
      observer.disconnect();
      clearTimeout(this.#late);
      this.plot?.destroy();
      this.#host = this.plot = null;
    };
  }

  /** Other lines, another scale or other colours are another chart. */
  make(): void {
    if (!this.#host) return;
    this.plot?.destroy();
    const { clientWidth: width, clientHeight: height } = this.#host;
    this.plot = makePlot(this.#host, { ...this.#options(), width, height });
    this.draw();
  }

  draw(): void {
    clearTimeout(this.#late);
    this.#drawnAt = performance.now();
    this.plot?.setData(this.#data());
  }

  /** Draws now, or soon where it was drawn a moment ago. */
  update(): void {
    clearTimeout(this.#late);
    const wait = this.#drawnAt + GAP - performance.now();
    if (wait <= 0) this.draw();
    else this.#late = setTimeout(() => this.draw(), wait);
  }
}
