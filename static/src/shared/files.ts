/** Files the page hands to the browser to keep. */

/** How long a browser may take to begin reading what it was handed. */
const PATIENCE = 10_000;

/** "f_flat.py": the program's output, what the file holds, and the ending that opens it. */
export function fileName(output: string | null, what: string, ending: string): string {
  return [output ?? "graph", what].filter((part) => part !== "").join("_") + `.${ending}`;
}

export function saveFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
}

export function saveText(name: string, text: string, type: string): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
