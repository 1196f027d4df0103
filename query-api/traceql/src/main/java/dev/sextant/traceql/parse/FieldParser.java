package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values computed for a span. {@code &&} and {@code ||} bind least and alike, then comparisons,
 * then {@code + -}, {@code !}, {@code * / %} and {@code ^}; a minus in front binds as one between
 * operands does.
 */
final class FieldParser {
  private static final int LOGICAL = 1;
  private static final int COMPARISON = 2;
  private static final int SUM = 3;
  private static final int NOT = 4;
  private static final int PRODUCT = 5;
  private static final int POWER = 6;

  private static final Map<String, FieldOp> OPS = new HashMap<>();

  static {
    for (FieldOp op : FieldOp.values()) {
      OPS.put(op.symbol(), op);
    }
  }

  private final Tokens tokens;
  private final Levels levels;
  private final FieldChecks checks;

  FieldParser(Tokens tokens, Levels levels, FieldChecks checks) {
    this.tokens = tokens;
    this.levels = levels;
    this.checks = checks;
  }

  /** An expression, up to what cannot belong to it. */
  FieldExpr expression() {
    return expression(LOGICAL);
  }

  private FieldExpr expression(int minimum) {
    levels.enter();
    FieldExpr left = operand();
    while (tokens.peek() instanceof Token.Symbol symbol) {
      int precedence = precedence(symbol.text());
      if (precedence < minimum) {
        break;
      }
      if (precedence == LOGICAL) {
        left = chain(symbol.text(), left);
        continue;
      }
      tokens.next();
      int leftLevels = levels.last();
      FieldExpr right = expression(precedence == POWER ? POWER : precedence + 1);
      levels.set(Math.max(leftLevels, levels.last()) + 1);
      left = operation(symbol.text(), left, right);
    }
    levels.leave();
    return left;
  }

  /** Operands joined by one operator, {@code &&} or {@code ||}, which is the next token. */
  private FieldExpr chain(String symbol, FieldExpr first) {
    LogicalOp op = symbol.equals("&&") ? LogicalOp.AND : LogicalOp.OR;
    boolean continues = first instanceof FieldExpr.Logical before && before.op() == op;
    int operandLevels = continues ? levels.last() - 1 : levels.last();
    LogicalChain chain = new LogicalChain(op, first, checks);
    while (tokens.take(symbol)) {
      chain.add(expression(LOGICAL + 1));
      operandLevels = Math.max(operandLevels, levels.last());
      levels.set(operandLevels + 1);
    }
    return chain.expression();
  }

  /** 0 for what is no operator. */
  private static int precedence(String symbol) {
    return switch (symbol) {
      case "&&", "||" -> LOGICAL;
      case "=", "!=", "<", "<=", ">", ">=", "=~", "!~" -> COMPARISON;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> POWER;
      default -> 0;
    };
  }

  private FieldExpr operation(String symbol, FieldExpr left, FieldExpr right) {
    Place place = left.place().to(right.place());
    FieldOp op = OPS.get(symbol);
    return op == null
        ? checks.match(symbol.equals("!~"), left, right, place)
        : checks.binary(op, left, right, place);
  }

  private FieldExpr operand() {
    Token token = tokens.peek();
    levels.set(1);
    if (token.is("-") || token.is("!")) {
      tokens.next();
      boolean minus = token.is("-");
      FieldExpr operand = expression(minus ? SUM + 1 : NOT + 1);
      levels.set(levels.last() + 1);
      return checks.unary(
          minus ? UnaryOp.NEGATE : UnaryOp.NOT, operand, token.place().to(operand.place()));
    }
    if (tokens.take("(")) {
      FieldExpr inner = expression();
      if (!tokens.at(")")) {
        throw tokens.unexpected();
      }
      tokens.next();
      return inner;
    }
    return literalOrField(token);
  }

  private FieldExpr literalOrField(Token token) {
    Static value = literal();
    if (value != null) {
      return new FieldExpr.Literal(value, token.place());
    }
    Reference reference = reference();
    if (reference != null) {
      return new FieldExpr.Field(reference, token.place().to(tokens.previous().place()));
    }
    if (token instanceof Token.Word word && !Words.KEYWORDS.contains(word.text())) {
      throw tokens.error(word.place(), "unknown identifier: " + word.text());
    }
    throw tokens.unexpected();
  }

  /** A value if one stands here. */
  @Nullable Static literal() {
    Static value =
        switch (tokens.peek()) {
          case Token.Value found -> found.value();
          case Token.Word word -> Words.STATICS.get(word.text());
          default -> null;
        };
    if (value != null) {
      tokens.next();
    }
    return value;
  }

  /** An attribute or intrinsic if one stands here. */
  private @Nullable Reference reference() {
    Token token = tokens.peek();
    return switch (token) {
      case Token.Name name -> {
        tokens.next();
        if (name.parent()) {
          checks.parent(name.place());
        }
        yield name.attribute();
      }
      case Token.Scope scope -> {
        tokens.next();
        yield scoped(scope);
      }
      case Token.Word word when word.text().equals("parent") -> {
        tokens.next();
        checks.parent(word.place());
        yield Intrinsic.PARENT_ID;
      }
      case Token.Word word -> {
        Intrinsic intrinsic = Words.INTRINSICS.get(word.text());
        if (intrinsic != null) {
          tokens.next();
        }
        yield intrinsic;
      }
      default -> null;
    };
  }

  private Intrinsic scoped(Token.Scope scope) {
    Map<String, Intrinsic> words = Words.SCOPED.getOrDefault(scope.text(), Map.of());
    Intrinsic found = tokens.peek() instanceof Token.Word word ? words.get(word.text()) : null;
    if (found == null) {
      throw tokens.unexpected(words.keySet().toArray(String[]::new));
    }
    tokens.next();
    return found;
  }

  /** An attribute or intrinsic, which alone may stand here. */
  Reference expectReference() {
    Reference reference = reference();
    if (reference == null) {
      throw tokens.unexpected();
    }
    return reference;
  }

  /** Attributes and intrinsics in parentheses, divided by commas; at least one. */
  List<Reference> references() {
    tokens.expect("(");
    List<Reference> references = new ArrayList<>();
    do {
      references.add(expectReference());
    } while (tokens.take(","));
    tokens.expect(")");
    return references;
  }
}
