package dev.sextant.traceql.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace as a tree of spans.
 *
 * @param id its two halves; null where it gets a number
 * @param atNanos when its time is 0, since the epoch
 * @param lines parents before their children
 */
@SuppressWarnings("ArrayRecordComponent")
record TraceBlock(String label, long @Nullable [] id, long atNanos, List<SpanLine> lines)
    implements ScriptCommand {

  /** Reads a trace line by line. */
  static final class Reader {
    private final String label;
    private long @Nullable [] id;
    private long atNanos = ScriptTime.ZERO_NANOS;
    private final List<SpanLine> lines = new ArrayList<>();

    /** Indentation and index of the spans that the next one may be a child of. */
    private final List<int[]> open = new ArrayList<>();

    /**
     * @param header behind {@code trace}
     */
    Reader(LineReader header) {
      label = header.next("a trace's label");
      while (header.hasMore()) {
        String word = header.next("id or at");
        if (word.startsWith("id=")) {
          id = HexIds.trace(word.substring(3));
        } else if (word.startsWith("at=")) {
          atNanos = ScriptTime.nanos(word.substring(3));
        } else {
          throw new IllegalArgumentException("expected id= or at=, but found " + word);
        }
      }
    }

    /** A span, or an event or link of the span that it stands below. */
    void line(String text) {
      int indent = text.length() - text.stripLeading().length();
      while (!open.isEmpty() && open.getLast()[0] >= indent) {
        open.removeLast();
      }
      LineReader words = new LineReader(text.strip());
      SpanLine parent = open.isEmpty() ? null : lines.get(open.getLast()[1]);
      if (words.peek().equals("event") || words.peek().equals("link")) {
        if (parent == null) {
          throw new IllegalArgumentException("an event or link stands below no span");
        }
        parent.detail(words);
        return;
      }
      lines.add(new SpanLine(words, parent, open.isEmpty() ? SpanLine.NONE : open.getLast()[1]));
      open.add(new int[] {indent, lines.size() - 1});
    }

    TraceBlock finish() {
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("trace " + label + " has no spans");
      }
      return new TraceBlock(label, id, atNanos, List.copyOf(lines));
    }
  }
}
