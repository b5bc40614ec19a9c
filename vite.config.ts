import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = ["home", "graph", "train", "compare", "embed", "activations", "losses", "numpy", "plain"];

export default defineConfig({
  root: here("static"),
  base: "/static/",
  publicDir: false,
  cacheDir: here("node_modules/.vite"),
  plugins: [svelte({ configFile: here("svelte.config.js") })],
  build: {
    outDir: here("static/dist"),
    emptyOutDir: true,
    // the server finds the hashed files of each page in .vite/manifest.json
    manifest: true,
    target: "es2022",
    // light-dark() stays as it is written: a picture may be light on a dark page
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // the content policy allows no data: addresses
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map((page) => [page, here(`static/src/${page}/main.ts`)])),
    },
  },
  worker: { format: "es" },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts"],
    passWithNoTests: false,
  },
});
