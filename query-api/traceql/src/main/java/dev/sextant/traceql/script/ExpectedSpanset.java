package dev.sextant.traceql.script;

import dev.sextant.traceql.FoundTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code TRACE: SPAN (ATTRIBUTES), SPAN… of MATCHED {ATTRIBUTES}}: labels of a trace and of its
 * spans in their order; how many match where they are more than are given; the spanset's
 * attributes.
 *
 * @param attributes as {@link Values#text(List)} writes them; empty for none
 */
record ExpectedSpanset(String trace, List<Span> spans, long matched, String attributes) {
  /**
   * A span.
   *
   * @param attributes null where any will do
   */
  record Span(String label, @Nullable String attributes) {}

  static ExpectedSpanset parse(LineReader words) {
    String trace = words.next("a trace's label");
    if (!trace.endsWith(":")) {
      throw new IllegalArgumentException(
          "expected TRACE: SPAN, …, total, none or fail, but found " + trace + " " + words.rest());
    }
    List<Span> spans = new ArrayList<>();
    String attributes = "";
    long matched = -1;
    while (words.hasMore()) {
      String word = words.next("a span");
      if (word.equals("of")) {
        matched = Long.parseLong(words.next("a number"));
      } else if (word.startsWith("{")) {
        attributes = Values.expected(inner(word));
      } else {
        spans.add(span(word, words));
      }
    }
    String label = Values.text(trace.substring(0, trace.length() - 1));
    return new ExpectedSpanset(label, spans, matched < 0 ? spans.size() : matched, attributes);
  }

  private static Span span(String word, LineReader words) {
    String label = Values.text(withoutComma(word));
    if (word.endsWith(",") || !words.peek().startsWith("(")) {
      return new Span(label, null);
    }
    String attributes = withoutComma(words.next("attributes"));
    return new Span(label, Values.expected(inner(attributes)));
  }

  private static String withoutComma(String word) {
    return word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
  }

  private static String inner(String word) {
    return word.substring(1, word.length() - 1);
  }

  /** The spanset of an answer, as it would be expected, with all that is known of its spans. */
  static ExpectedSpanset of(FoundTrace trace, FoundTrace.Spanset spanset, Traces traces) {
    List<Span> spans = new ArrayList<>();
    for (FoundTrace.Span span : spanset.spans()) {
      spans.add(
          new Span(
              traces.span(trace.traceHigh(), trace.traceLow(), span.spanId()),
              Values.text(span.attributes())));
    }
    return new ExpectedSpanset(
        traces.trace(trace.traceHigh(), trace.traceLow()),
        spans,
        spanset.matched(),
        Values.text(spanset.attributes()));
  }

  /** Whether an answer's spanset is what this expects. */
  boolean matches(ExpectedSpanset found) {
    boolean same =
        trace.equals(found.trace)
            && matched == found.matched
            && attributes.equals(found.attributes)
            && spans.size() == found.spans.size();
    for (int i = 0; same && i < spans.size(); i++) {
      String expected = spans.get(i).attributes();
      same =
          spans.get(i).label().equals(found.spans.get(i).label())
              && (expected == null || expected.equals(found.spans.get(i).attributes()));
    }
    return same;
  }

  /** As scripts write it. */
  String text() {
    StringBuilder out = new StringBuilder(trace).append(':');
    String between = " ";
    for (Span span : spans) {
      out.append(between).append(span.label());
      if (span.attributes() != null) {
        out.append(" (").append(span.attributes()).append(')');
      }
      between = ", ";
    }
    if (matched != spans.size()) {
      out.append(" of ").append(matched);
    }
    return attributes.isEmpty() ? out.toString() : out + " {" + attributes + "}";
  }
}
