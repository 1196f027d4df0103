package dev.sextant.traceql.ast;

/** An operator that compares two spansets by the places of their spans in the trace. */
public enum StructuralOp {
  CHILD(">", Relation.CHILD, Form.PLAIN),
  PARENT("<", Relation.PARENT, Form.PLAIN),
  DESCENDANT(">>", Relation.DESCENDANT, Form.PLAIN),
  ANCESTOR("<<", Relation.ANCESTOR, Form.PLAIN),
  SIBLING("~", Relation.SIBLING, Form.PLAIN),
  NOT_CHILD("!>", Relation.CHILD, Form.NEGATED),
  NOT_PARENT("!<", Relation.PARENT, Form.NEGATED),
  NOT_DESCENDANT("!>>", Relation.DESCENDANT, Form.NEGATED),
  NOT_ANCESTOR("!<<", Relation.ANCESTOR, Form.NEGATED),
  NOT_SIBLING("!~", Relation.SIBLING, Form.NEGATED),
  UNION_CHILD("&>", Relation.CHILD, Form.UNION),
  UNION_PARENT("&<", Relation.PARENT, Form.UNION),
  UNION_DESCENDANT("&>>", Relation.DESCENDANT, Form.UNION),
  UNION_ANCESTOR("&<<", Relation.ANCESTOR, Form.UNION),
  UNION_SIBLING("&~", Relation.SIBLING, Form.UNION);

  /** What a span of the right side is to one of the left side. */
  public enum Relation {
    CHILD,
    PARENT,
    DESCENDANT,
    ANCESTOR,
    SIBLING
  }

  /** Which spans it gives. */
  public enum Form {
    /** Those of the right side that have the relation to some span of the left. */
    PLAIN,
    /** Those of the right side that have it to none. */
    NEGATED,
    /** Those of both sides that take part in it. */
    UNION
  }

  private final String symbol;
  private final Relation relation;
  private final Form form;

  StructuralOp(String symbol, Relation relation, Form form) {
    this.symbol = symbol;
    this.relation = relation;
    this.form = form;
  }

  public String symbol() {
    return symbol;
  }

  public Relation relation() {
    return relation;
  }

  public Form form() {
    return form;
  }
}
