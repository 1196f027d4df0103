package dev.sextant.trace.model;

import java.util.List;

class MemorySpanSourceTest extends SpanSourceContract {
  @Override
  protected SpanSource source(List<List<PlainSpan>> pieces) {
    return new MemorySpanSource(pieces.stream().flatMap(List::stream).toList());
  }
}
