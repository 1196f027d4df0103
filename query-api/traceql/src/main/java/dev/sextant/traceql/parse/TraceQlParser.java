package dev.sextant.traceql.parse;

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

  /** Bytes of UTF-8 that a query may have where nobody says otherwise. */
  public static final int DEFAULT_MAX_BYTES = 128 << 10;

  private final Tokens tokens;
  private final FieldParser fields;
  private final PipelineParser pipelines;

  private TraceQlParser(String query, Faults faults) {
    this.tokens = new Tokens(query);
    Levels levels = new Levels(tokens);
    this.fields = new FieldParser(tokens, levels, faults);
    this.pipelines = new PipelineParser(tokens, levels, faults, fields);
  }

  /** Parses and checks a query of at most {@value #DEFAULT_MAX_BYTES} bytes. */
  public static Query parse(String query) {
    return parse(query, DEFAULT_MAX_BYTES);
  }

  /**
   * Parses and checks types.
   *
   * @param maxBytes of UTF-8 that the query may have; {@code traces.query.max-query-bytes}
   * @throws ParseException naming the first thing that is no TraceQL and its place
   * @throws CompileException where all is TraceQL, naming the first thing that makes no sense, is
   *     not supported or too long
   */
  public static Query parse(String query, int maxBytes) {
    checkLength(query, maxBytes);
    Faults faults = new Faults();
    Query parsed = new TraceQlParser(query, faults).query();
    faults.throwFirst();
    return parsed;
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
