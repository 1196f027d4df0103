package dev.sextant.traceql.ast;

import dev.sextant.trace.model.SpanField;
import java.util.List;

/** Something of a span that a query names. */
public sealed interface Reference permits Attribute, Intrinsic {
  /**
   * Its canonical text, which names labels and attributes of answers, and which the parser reads as
   * this same reference.
   */
  String text();

  /** What it is for certain. */
  ValueType type();

  /** Where it is looked for, in this order: the first that a span has is its value. */
  List<SpanField> fields();
}
