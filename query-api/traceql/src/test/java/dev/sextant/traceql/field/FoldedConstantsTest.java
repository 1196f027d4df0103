package dev.sextant.traceql.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.parse.CompileException;
import dev.sextant.traceql.parse.ParseException;
import dev.sextant.traceql.parse.TraceQlParser;
import dev.sextant.traceql.print.FieldPrinter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the parser folds is what the engine would compute. */
class FoldedConstantsTest {
  private static final List<Static> VALUES =
      List.of(
          new Static.Int(0),
          new Static.Int(1),
          new Static.Int(-1),
          new Static.Int(2),
          new Static.Int(63),
          new Static.Int(Long.MIN_VALUE),
          new Static.Int(Long.MAX_VALUE),
          new Static.Int((1L << 53) + 1),
          new Static.Float(0),
          new Static.Float(-0.5),
          new Static.Float(0x1p53),
          new Static.Float(0x1p63),
          new Static.Float(1e300),
          new Static.Duration(0),
          new Static.Duration(1_500_000_000),
          new Static.Duration(-7),
          new Static.Text(""),
          new Static.Text("a"),
          new Static.Text("\ufe56"),
          new Static.Text("\ud83d\ude00"),
          Static.TRUE,
          Static.FALSE,
          Static.Status.ERROR,
          Static.Status.OK,
          Static.Kind.SERVER);

  /** Nil where there is no constant. */
  private static Value folded(String text) {
    try {
      return Conversion.value(TraceQlParser.parseStatic(text));
    } catch (CompileException e) {
      assertThat(e).hasMessageStartingWith("division by zero");
      return Value.NIL;
    } catch (ParseException e) {
      assertThat(e).hasMessageEndingWith("no constant");
      return Value.NIL;
    }
  }

  @Test
  void everyOperator_ofEveryTwoValues() {
    for (Static left : VALUES) {
      for (Static right : VALUES) {
        for (FieldOp op : FieldOp.values()) {
          check(op, left, right);
        }
      }
    }
  }

  @Test
  void everyOperator_ofRandomNumbers() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      FieldOp op = FieldOp.values()[random.nextInt(FieldOp.values().length)];
      check(op, number(random), number(random));
    }
  }

  private static Static number(Random random) {
    long whole = random.nextLong() >> random.nextInt(64);
    return switch (random.nextInt(3)) {
      case 0 -> new Static.Int(whole);
      case 1 -> new Static.Float(random.nextBoolean() ? whole : random.nextGaussian());
      default -> new Static.Duration(whole == Long.MIN_VALUE ? 0 : whole);
    };
  }

  private static void check(FieldOp op, Static left, Static right) {
    if (!fits(op, left, right)) {
      return;
    }
    FieldExpr.Binary expr =
        new FieldExpr.Binary(
            op,
            new FieldExpr.Literal(left, Place.NONE),
            new FieldExpr.Literal(right, Place.NONE),
            Place.NONE);
    String text = FieldPrinter.print(expr);
    assertThat(folded(text))
        .as(text)
        .isEqualTo(Operators.binary(op, Conversion.value(left), Conversion.value(right)));
  }

  /** Whether the type checks let the operator pass. */
  private static boolean fits(FieldOp op, Static left, Static right) {
    if (left.type().isNumeric() && right.type().isNumeric()) {
      return true;
    }
    boolean equality = op == FieldOp.EQUAL || op == FieldOp.NOT_EQUAL;
    return left.type() == right.type()
        && op.kind() == FieldOp.Kind.COMPARISON
        && (equality || left instanceof Static.Text);
  }
}
