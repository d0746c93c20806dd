// A rule for markdownlint: no sentence of the prose over 40 words. Code, tables, headings and links' addresses are no
// prose.
const SENTENCE_END = /(?<=[.!?:;])\s+(?=[\p{Lu}`"*[({])/u;

export default {
  names: ["sentence-length"],
  description: "Sentences are short",
  tags: ["sentences"],
  parser: "micromark",
  function: ({ config, parsers, lines }, onError) => {
    for (const paragraph of paragraphsIn(parsers.micromark.tokens)) {
      const text = lines.slice(paragraph.startLine - 1, paragraph.endLine).join(" ");
      for (const sentence of text.replaceAll(/\]\([^)]*\)/g, "]").split(SENTENCE_END)) {
        const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
        if (words <= config.words) continue;
        onError({
          lineNumber: paragraph.startLine,
          detail: `${words} words; at most ${config.words}`,
          context: sentence.slice(0, 60),
        });
      }
    }
  },
};

function* paragraphsIn(tokens) {
  for (const token of tokens) {
    if (token.type === "paragraph") yield token;
    else yield* paragraphsIn(token.children);
  }
}
