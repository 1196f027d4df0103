package dev.sextant.traceql.print;

import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random well-typed expressions without anything left to fold. */
final class RandomFields {
  private static final List<FieldOp> COMPARISONS = ops(FieldOp.Kind.COMPARISON);
  private static final List<FieldOp> ARITHMETIC = ops(FieldOp.Kind.ARITHMETIC);
  private static final List<FieldOp> EQUALITY = List.of(FieldOp.EQUAL, FieldOp.NOT_EQUAL);
  private static final List<String> NAMES =
      List.of(
          "a",
          "http.status_code",
          "b-c",
          "3x",
          "x y",
          "{}",
          "q\"\\",
          "é",
          "//",
          "/*",
          "name",
          "nil",
          "a+b",
          ".",
          "span.a",
          "\n",
          "\u00a0");
  private static final List<String> TEXTS =
      List.of("", "x", "a`b", "\"", "\\", "\n\t\r", "é😀", "\u0000", "//", "}", "\u2028", "\u007f");
  private static final List<String> REGEXES = List.of("", "a.*", "(a|b)`?", "\\d+", "[^\"]");

  private final Random random;

  RandomFields(Random random) {
    this.random = random;
  }

  private static List<FieldOp> ops(FieldOp.Kind kind) {
    return List.of(FieldOp.values()).stream().filter(op -> op.kind() == kind).toList();
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  FieldExpr condition(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 8)) {
      case 0 -> attribute();
      case 1 -> new FieldExpr.Match(random.nextBoolean(), text(), one(REGEXES), Place.NONE);
      case 2 -> presence(depth);
      case 3 -> comparison(COMPARISONS, text(), new FieldExpr.Literal(string(), Place.NONE));
      case 4 -> states();
      case 5 -> comparison(COMPARISONS, number(depth - 1), number(depth - 1));
      case 6 -> new FieldExpr.Unary(UnaryOp.NOT, condition(depth - 1), Place.NONE);
      default -> logical(depth);
    };
  }

  private FieldExpr logical(int depth) {
    LogicalOp op = one(List.of(LogicalOp.values()));
    List<FieldExpr> operands = new ArrayList<>();
    FieldExpr first = condition(depth - 1);
    boolean same = first instanceof FieldExpr.Logical logical && logical.op() == op;
    operands.add(same ? attribute() : first);
    for (int i = random.nextInt(3); i >= 0; i--) {
      operands.add(condition(depth - 1));
    }
    return new FieldExpr.Logical(op, operands, Place.NONE);
  }

  private FieldExpr presence(int depth) {
    return random.nextBoolean()
        ? new FieldExpr.Presence(true, field(reference()), Place.NONE)
        : new FieldExpr.Presence(random.nextBoolean(), arithmetic(Math.max(depth, 1)), Place.NONE);
  }

  private FieldExpr states() {
    boolean status = random.nextBoolean();
    List<? extends Static> values =
        status ? List.of(Static.Status.values()) : List.of(Static.Kind.values());
    return comparison(
        EQUALITY,
        field(status ? Intrinsic.STATUS : Intrinsic.KIND),
        new FieldExpr.Literal(one(values), Place.NONE));
  }

  /** Never between two constants, which would be folded. */
  private FieldExpr comparison(List<FieldOp> ops, FieldExpr left, FieldExpr right) {
    FieldExpr known = left instanceof FieldExpr.Literal ? attribute() : left;
    return random.nextBoolean()
        ? new FieldExpr.Binary(one(ops), known, right, Place.NONE)
        : new FieldExpr.Binary(one(ops), right, known, Place.NONE);
  }

  FieldExpr number(int depth) {
    return switch (random.nextInt(depth <= 0 ? 3 : 5)) {
      case 0 -> attribute();
      case 1 -> field(one(numeric()));
      case 2 -> new FieldExpr.Literal(numeral(), Place.NONE);
      default -> arithmetic(depth);
    };
  }

  /** A number that differs from span to span. */
  FieldExpr arithmetic(int depth) {
    if (random.nextInt(4) == 0) {
      FieldExpr operand = number(depth - 1);
      return new FieldExpr.Unary(
          UnaryOp.NEGATE, operand instanceof FieldExpr.Literal ? attribute() : operand, Place.NONE);
    }
    return comparison(ARITHMETIC, number(depth - 1), number(depth - 1));
  }

  private FieldExpr text() {
    return random.nextBoolean() ? attribute() : field(one(strings()));
  }

  private static List<Reference> numeric() {
    return List.of(Intrinsic.values()).stream()
        .filter(intrinsic -> intrinsic.type().isNumeric())
        .<Reference>map(intrinsic -> intrinsic)
        .toList();
  }

  private static List<Reference> strings() {
    return List.of(Intrinsic.values()).stream()
        .filter(intrinsic -> intrinsic.type() == ValueType.STRING)
        .<Reference>map(intrinsic -> intrinsic)
        .toList();
  }

  private FieldExpr attribute() {
    return field(new Attribute(one(List.of(Attribute.Scope.values())), one(NAMES)));
  }

  private static FieldExpr field(Reference reference) {
    return new FieldExpr.Field(reference, Place.NONE);
  }

  Reference reference() {
    return random.nextBoolean()
        ? one(List.of(Intrinsic.values()))
        : new Attribute(one(List.of(Attribute.Scope.values())), one(NAMES));
  }

  Static string() {
    return new Static.Text(one(TEXTS));
  }

  Static numeral() {
    return switch (random.nextInt(6)) {
      case 0 -> new Static.Int(random.nextInt(20) - 10);
      case 1 -> new Static.Int(random.nextLong());
      case 2 -> new Static.Int(random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
      case 3 -> new Static.Float(Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000));
      case 4 -> new Static.Duration(random.nextLong() >> 1);
      default -> new Static.Duration((random.nextInt(2000) - 1000) * 1_000_000L);
    };
  }
}
