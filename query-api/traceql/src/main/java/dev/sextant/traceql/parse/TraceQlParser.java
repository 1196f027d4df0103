package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Static;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns text into a checked {@link Query}: recursive descent for operands, precedence climbing for
 * operators. Queries deeper than {@value #MAX_DEPTH} levels are refused, so that no later walk can
 * run out of stack.
 */
public final class TraceQlParser {
  /** Levels a tree may have. */
  public static final int MAX_DEPTH = 500;

  private final Tokens tokens;
  private final FieldParser fields;
  private final PipelineParser pipelines;

  private TraceQlParser(String query, TextLimits limits, Faults faults) {
    this.tokens = new Tokens(query);
    Levels levels = new Levels(tokens);
    FieldChecks checks = new FieldChecks(limits.maxRegexInstructions(), faults);
    this.fields = new FieldParser(tokens, levels, checks);
    this.pipelines = new PipelineParser(tokens, levels, faults, fields);
  }

  /** Parses and checks a query within {@link TextLimits#DEFAULT}. */
  public static Query parse(String query) {
    return parse(query, TextLimits.DEFAULT);
  }

  /**
   * Parses and checks types.
   *
   * @throws ParseException naming the first thing that is no TraceQL and its place
   * @throws CompileException where all is TraceQL, naming the first thing that makes no sense, is
   *     not supported or too long
   */
  public static Query parse(String query, TextLimits limits) {
    checkLength(query, limits.maxBytes());
    checkUnicode(query);
    Faults faults = new Faults();
    Query parsed = new TraceQlParser(query, limits, faults).query();
    faults.throwFirst();
    return parsed;
  }

  /**
   * A value as queries write it, computed of others or not.
   *
   * @throws QueryException where it is none
   */
  public static Static parseStatic(String text) {
    Faults faults = new Faults();
    TraceQlParser parser = new TraceQlParser(text, TextLimits.DEFAULT, faults);
    FieldExpr value = parser.fields.expression();
    if (!(parser.tokens.peek() instanceof Token.End)) {
      throw parser.tokens.unexpected();
    }
    faults.throwFirst();
    if (value instanceof FieldExpr.Literal literal) {
      return literal.value();
    }
    throw parser.tokens.error(value.place(), "no constant");
  }

  private static void checkLength(String query, int maxBytes) {
    int bytes = query.length();
    if (bytes <= maxBytes) {
      bytes = query.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > maxBytes) {
      throw new CompileException(
          "query is longer than "
              + maxBytes
              + " bytes; raise traces.query.max-query-bytes or ask for less at once",
          Place.NONE);
    }
  }

  /** Refuses halves of characters, which no text in UTF-8 has and no value can be compared with. */
  private static void checkUnicode(String query) {
    for (int i = 0; i < query.length(); i += Character.charCount(query.codePointAt(i))) {
      int c = query.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new ParseException(
            query, new Place(i, i + 1), "half of a character: " + Unquoting.character(c));
      }
    }
  }

  private Query query() {
    Term term = pipelines.pipeline(false);
    Query.Body body =
        switch (term) {
          case Term.Spans spans ->
              search(new Pipeline(List.of(spans.expr()), spans.expr().place()));
          case Term.Step step -> search(new Pipeline(List.of(step.step()), step.step().place()));
          case Term.Steps steps -> search(steps.pipeline());
          case Term.Series series -> new Query.Body.Metrics(series.expr());
          case Term.Number number -> throw tokens.unexpected();
          case Term.Constant constant -> throw tokens.unexpected();
        };
    List<Query.Hint> hints = List.of();
    while (tokens.atWord("with")) {
      hints = hints();
    }
    if (!(tokens.peek() instanceof Token.End)) {
      throw tokens.unexpected();
    }
    return new Query(body, hints);
  }

  private static Query.Body search(Pipeline pipeline) {
    return new Query.Body.Search(pipeline);
  }

  private List<Query.Hint> hints() {
    tokens.next();
    tokens.expect("(");
    List<Query.Hint> hints = new ArrayList<>();
    do {
      hints.add(hint());
    } while (tokens.take(","));
    if (!tokens.at(")")) {
      throw tokens.unexpected(",", ")");
    }
    tokens.next();
    return hints;
  }

  private Query.Hint hint() {
    if (!(tokens.peek() instanceof Token.Word name) || Words.KEYWORDS.contains(name.text())) {
      throw tokens.unexpected("IDENTIFIER");
    }
    tokens.next();
    tokens.expect("=");
    Static value = fields.literal();
    if (value == null) {
      throw tokens.unexpected();
    }
    return new Query.Hint(name.text(), value);
  }
}
