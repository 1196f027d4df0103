package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.ValueType;
import dev.sextant.traceql.print.FieldPrinter;
import dev.sextant.traceql.print.QueryPrinter;
import java.util.List;

/** Filters, groupings, selections and aggregates. */
final class StepParser {
  private final Tokens tokens;
  private final FieldParser fields;
  private final Faults faults;

  StepParser(Tokens tokens, FieldParser fields, Faults faults) {
    this.tokens = tokens;
    this.fields = fields;
    this.faults = faults;
  }

  /** <code>{…}</code>. */
  SpansetExpr.Filter filter() {
    Token open = tokens.expect("{");
    FieldExpr condition =
        tokens.at("}") ? new FieldExpr.Literal(Static.TRUE, open.place()) : fields.expression();
    if (!tokens.at("}")) {
      throw tokens.unexpected();
    }
    Place place = open.place().to(tokens.next().place());
    SpansetExpr.Filter filter = new SpansetExpr.Filter(condition, place);
    if (condition.type() != ValueType.BOOL && condition.type() != ValueType.DYNAMIC) {
      faults.report(
          place,
          "span filter field expressions must resolve to a boolean: " + QueryPrinter.print(filter));
    }
    return filter;
  }

  /** What a word begins: a grouping, a selection, an aggregate. */
  Term step() {
    Token token = tokens.peek();
    String word = token instanceof Token.Word found ? found.text() : "";
    return switch (word) {
      case "by" -> new Term.Step(groupBy());
      case "select" -> new Term.Step(select());
      case "count" -> {
        tokens.next();
        tokens.expect("(");
        tokens.expect(")");
        yield new Term.Number(new Scalar.Of(new Aggregate.Count()));
      }
      default -> {
        Aggregate.Op op = Words.AGGREGATES.get(word);
        if (op == null) {
          throw tokens.unexpected();
        }
        yield new Term.Number(new Scalar.Of(aggregate(op)));
      }
    };
  }

  private Aggregate aggregate(Aggregate.Op op) {
    Token name = tokens.next();
    Aggregate.Over aggregate = new Aggregate.Over(op, argument());
    Place place = name.place().to(tokens.previous().place());
    ValueType type = aggregate.operand().type();
    String text = FieldPrinter.print(aggregate);
    if (!type.isNumeric() && type != ValueType.DYNAMIC) {
      faults.report(place, "aggregate field expressions must resolve to a number type: " + text);
    } else if (!aggregate.operand().refersToSpan()) {
      faults.report(place, "aggregate field expressions must reference the span: " + text);
    }
    return aggregate;
  }

  private PipelineStep groupBy() {
    Token name = tokens.next();
    FieldExpr expression = argument();
    PipelineStep.GroupBy by =
        new PipelineStep.GroupBy(expression, name.place().to(tokens.previous().place()));
    if (!expression.refersToSpan()) {
      faults.report(
          by.place(),
          "grouping field expressions must reference the span: " + QueryPrinter.print(by));
    }
    return by;
  }

  private FieldExpr argument() {
    tokens.expect("(");
    FieldExpr argument = fields.expression();
    if (!tokens.at(")")) {
      throw tokens.unexpected();
    }
    tokens.next();
    return argument;
  }

  private PipelineStep select() {
    Token name = tokens.next();
    List<Reference> references = fields.references();
    return new PipelineStep.Select(references, name.place().to(tokens.previous().place()));
  }
}
