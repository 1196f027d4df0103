package dev.sextant.trace;

import dev.sextant.storage.codec.Texts;
import dev.sextant.trace.model.SpanValue;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Texts as values, each made when it is first asked for. For one thread. */
final class TextList extends AbstractList<SpanValue> implements RandomAccess {
  private final Texts texts;
  private final @Nullable SpanValue[] made;

  TextList(Texts texts) {
    this.texts = texts;
    this.made = new SpanValue[texts.size()];
  }

  @Override
  public int size() {
    return made.length;
  }

  @Override
  public SpanValue get(int index) {
    SpanValue value = made[index];
    if (value == null) {
      value = SpanValue.of(texts.get(index).text());
      made[index] = value;
    }
    return value;
  }
}
