/** JSON lines as they come off the network, in pieces that end anywhere. */
export async function* jsonLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let begun = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      begun += decoder.decode(value, { stream: !done });
      const lines = begun.split("\n");
      begun = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield JSON.parse(line) as unknown;
      if (done) break;
    }
    if (begun !== "") yield JSON.parse(begun) as unknown;
  } finally {
    // whoever stops reading in between closes the connection
    reader.cancel().catch(() => undefined);
  }
}
