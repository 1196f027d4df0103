package dev.sextant.promql.print;

import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.ast.VectorMatching.Cardinality;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.parse.Quoting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes expressions back as text that parses to the same tree. */
public final class ExprPrinter {
  private static final int MAX_LINE_BYTES = 100;

  private ExprPrinter() {}

  /** On one line. */
  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral n -> n.duration() ? millis(n.value()) : GoNumbers.plain(n.value());
      case Expr.StringLiteral s -> Quoting.quote(s.value());
      case Expr.Paren p -> "(" + print(p.inner()) + ")";
      case Expr.Unary u -> (u.negative() ? "-" : "+") + print(u.operand());
      case Expr.VectorSelector s -> selector(s) + modifiers(s.modifiers(), false);
      case Expr.MatrixSelector m ->
          selector(m.selector())
              + "["
              + duration(m.range())
              + "]"
              + modifiers(m.selector().modifiers(), true);
      case Expr.Subquery q -> print(q.inner()) + subquerySuffix(q);
      case Expr.Call c -> c.function().name() + "(" + list(c.args()) + ")";
      case Expr.Aggregate a -> aggregateHead(a) + "(" + list(aggregateArgs(a)) + ")";
      case Expr.Binary b -> left(b) + " " + operator(b) + " " + print(b.right());
    };
  }

  /**
   * Over several lines where one would be longer than {@value #MAX_LINE_BYTES} bytes, two blanks a
   * level.
   */
  public static String pretty(Expr expr) {
    return pretty(expr, 0);
  }

  private static String pretty(Expr expr, int level) {
    String indent = "  ".repeat(level);
    String line = print(expr);
    if (line.getBytes(StandardCharsets.UTF_8).length <= MAX_LINE_BYTES) {
      return indent + line;
    }
    return switch (expr) {
      case Expr.Paren p -> indent + "(\n" + pretty(p.inner(), level + 1) + "\n" + indent + ")";
      case Expr.Unary u -> indent + (u.negative() ? "-" : "+") + pretty(u.operand(), level).strip();
      case Expr.Subquery q -> pretty(q.inner(), level) + subquerySuffix(q);
      case Expr.Call c -> block(indent + c.function().name(), c.args(), level, indent);
      case Expr.Aggregate a -> block(indent + aggregateHead(a), aggregateArgs(a), level, indent);
      case Expr.Binary b ->
          (b.left() instanceof Expr.NumberLiteral
                  ? "  ".repeat(level + 1) + left(b)
                  : pretty(b.left(), level + 1))
              + "\n"
              + indent
              + operator(b)
              + "\n"
              + pretty(b.right(), level + 1);
      case Expr.NumberLiteral n -> indent + line;
      case Expr.StringLiteral s -> indent + line;
      case Expr.VectorSelector s -> indent + line;
      case Expr.MatrixSelector m -> indent + line;
    };
  }

  private static String block(String head, List<Expr> args, int level, String indent) {
    if (args.isEmpty()) {
      return head + "()";
    }
    List<String> lines = new ArrayList<>();
    for (Expr arg : args) {
      lines.add(pretty(arg, level + 1));
    }
    return head + "(\n" + String.join(",\n", lines) + "\n" + indent + ")";
  }

  private static String list(List<Expr> args) {
    List<String> parts = new ArrayList<>();
    for (Expr arg : args) {
      parts.add(print(arg));
    }
    return String.join(", ", parts);
  }

  private static List<Expr> aggregateArgs(Expr.Aggregate aggregate) {
    Expr parameter = aggregate.parameter();
    return parameter == null
        ? List.of(aggregate.operand())
        : List.of(parameter, aggregate.operand());
  }

  private static String aggregateHead(Expr.Aggregate aggregate) {
    String name = aggregate.op().text();
    if (aggregate.without()) {
      return name + " without (" + names(aggregate.grouping()) + ") ";
    }
    return aggregate.grouping().isEmpty()
        ? name
        : name + " by (" + names(aggregate.grouping()) + ") ";
  }

  private static String names(List<String> names) {
    List<String> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(name(name));
    }
    return String.join(", ", parts);
  }

  private static String name(String name) {
    return Names.isPlain(name) ? name : Quoting.quote(name);
  }

  /**
   * The left operand. Before a power infinity has no sign: it would be read back as one of the
   * whole power.
   */
  private static String left(Expr.Binary binary) {
    boolean infinity =
        binary.op() == BinaryOp.POW
            && binary.left() instanceof Expr.NumberLiteral number
            && number.value() == Double.POSITIVE_INFINITY;
    return infinity ? "Inf" : print(binary.left());
  }

  private static String operator(Expr.Binary binary) {
    StringBuilder out = new StringBuilder(binary.op().symbol());
    if (binary.bool()) {
      out.append(" bool");
    }
    VectorMatching matching = binary.matching();
    if (matching != null) {
      matching(out, matching);
    }
    return out.toString();
  }

  private static void matching(StringBuilder out, VectorMatching matching) {
    boolean grouped =
        matching.cardinality() == Cardinality.MANY_TO_ONE
            || matching.cardinality() == Cardinality.ONE_TO_MANY;
    if (matching.on() || grouped || !matching.labels().isEmpty()) {
      out.append(matching.on() ? " on (" : " ignoring (")
          .append(names(matching.labels()))
          .append(')');
    }
    if (grouped) {
      out.append(
          matching.cardinality() == Cardinality.MANY_TO_ONE ? " group_left (" : " group_right (");
      out.append(names(matching.include())).append(')');
    }
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    if (left != null && left.equals(right)) {
      out.append(" fill (").append(GoNumbers.plain(left)).append(')');
      return;
    }
    if (left != null) {
      out.append(" fill_left (").append(GoNumbers.plain(left)).append(')');
    }
    if (right != null) {
      out.append(" fill_right (").append(GoNumbers.plain(right)).append(')');
    }
  }

  private static String selector(Expr.VectorSelector selector) {
    List<String> parts = new ArrayList<>();
    List<Matcher> matchers = selector.matchers();
    int inBraces = selector.name().isEmpty() ? matchers.size() : matchers.size() - 1;
    for (Matcher matcher : matchers.subList(0, inBraces)) {
      parts.add(name(matcher.name()) + matcher.type().symbol() + Quoting.quote(matcher.value()));
    }
    parts.sort(null);
    if (parts.isEmpty()) {
      return selector.name().isEmpty() ? "{}" : selector.name();
    }
    return selector.name() + "{" + String.join(",", parts) + "}";
  }

  private static String modifiers(Modifiers modifiers, boolean boundsFirst) {
    String at = at(modifiers);
    String bounds =
        modifiers.bounds() == Modifiers.Bounds.PLAIN ? "" : " " + modifiers.bounds().keyword();
    return (boundsFirst ? bounds + at : at + bounds) + offset(modifiers);
  }

  private static String offset(Modifiers modifiers) {
    DurationExpr offset = modifiers.offset();
    if (offset == null
        || (offset instanceof DurationExpr.Literal literal && literal.seconds() == 0)) {
      return "";
    }
    return " offset " + duration(offset);
  }

  private static String at(Modifiers modifiers) {
    Modifiers.At at = modifiers.at();
    return switch (at) {
      case null -> "";
      case Modifiers.At.Start s -> " @ start()";
      case Modifiers.At.End e -> " @ end()";
      case Modifiers.At.Time t ->
          " @ " + (t.millis() < 0 ? "-" : "") + seconds(Math.abs(t.millis()));
    };
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.format("%03d", millis % 1000);
  }

  private static String subquerySuffix(Expr.Subquery subquery) {
    DurationExpr step = subquery.step();
    String window =
        "[" + duration(subquery.range()) + ":" + (step == null ? "" : duration(step)) + "]";
    return window + at(subquery.modifiers()) + offset(subquery.modifiers());
  }

  private static String duration(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal l -> millis(l.seconds());
      case DurationExpr.Outer o -> o.step() ? "step()" : "range()";
      case DurationExpr.Extreme e ->
          (e.min() ? "min_of(" : "max_of(") + part(e.left()) + ", " + part(e.right()) + ")";
      case DurationExpr.Negated n -> "-" + part(n.inner());
      case DurationExpr.Paren p ->
          p.inner() instanceof DurationExpr.Paren || p.inner() instanceof DurationExpr.Literal
              ? duration(p.inner())
              : "(" + duration(p.inner()) + ")";
      case DurationExpr.Arithmetic a ->
          part(a.left()) + " " + a.op().symbol() + " " + part(a.right());
    };
  }

  /** Within arithmetic a number stays one. */
  private static String part(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal l when !l.units() -> GoNumbers.plain(l.seconds());
      case DurationExpr.Paren p
          when p.inner() instanceof DurationExpr.Paren
              || p.inner() instanceof DurationExpr.Literal ->
          part(p.inner());
      default -> duration(expr);
    };
  }

  private static String millis(double seconds) {
    return Durations.text(Math.round(seconds * 1000));
  }
}
