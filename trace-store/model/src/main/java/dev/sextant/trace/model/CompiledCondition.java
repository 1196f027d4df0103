package dev.sextant.trace.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A {@link SpanCondition} made ready to be asked of columns, many rows at a time. A column is asked
 * for only where its answer still matters: a conjunction ends where no row is left, a disjunction
 * where every row is in. Immutable, thread-safe.
 */
public final class CompiledCondition {
  private final SpanCondition condition;
  private final Node root;

  private CompiledCondition(SpanCondition condition, Node root) {
    this.condition = condition;
    this.root = root;
  }

  /**
   * @throws IllegalArgumentException where an operand is an expression that {@link TextRegex}
   *     refuses
   */
  public static CompiledCondition of(SpanCondition condition) {
    return new CompiledCondition(condition, compile(condition));
  }

  /** As it was given. */
  public SpanCondition condition() {
    return condition;
  }

  /** The fields that may be asked for. */
  public static Set<SpanField> fields(SpanCondition condition) {
    Set<SpanField> fields = new LinkedHashSet<>();
    collect(condition, fields);
    return fields;
  }

  private static void collect(SpanCondition condition, Set<SpanField> fields) {
    switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) -> parts.forEach(p -> collect(p, fields));
      case SpanCondition.Or(List<SpanCondition> parts) -> parts.forEach(p -> collect(p, fields));
      case SpanCondition.Compare compare -> fields.add(compare.field());
      case SpanCondition.Present(SpanField field) -> fields.add(field);
    }
  }

  /**
   * The rows for which it holds, a new set.
   *
   * @param columns gives a field's values; {@link SpanColumn#ABSENT} for none
   * @param rows how many there are
   */
  public RowSet rows(Function<SpanField, SpanColumn> columns, int rows) {
    return root.rows(columns, RowSet.all(rows));
  }

  /**
   * Those of some rows for which it holds, a new set.
   *
   * @param within left as it is
   */
  public RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within) {
    return root.rows(columns, within);
  }

  /** What is known of rows without reading them. */
  public interface Knowledge {
    /**
     * False only where no row satisfies a comparison.
     *
     * @param test tells of a value whether it does
     */
    boolean mightHold(SpanCondition.Compare compare, ValueTest test);

    /** False only where no row has a field. */
    boolean mightHave(SpanField field);
  }

  /** False only where it holds for no row. */
  public boolean mightHold(Knowledge knowledge) {
    return root.mightHold(knowledge);
  }

  private static Node compile(SpanCondition condition) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          new All(parts.stream().map(CompiledCondition::compile).toList());
      case SpanCondition.Or(List<SpanCondition> parts) ->
          new Any(parts.stream().map(CompiledCondition::compile).toList());
      case SpanCondition.Compare compare ->
          new Comparison(compare, ValueTest.of(compare.op(), compare.operand()));
      case SpanCondition.Present(SpanField field) -> new Presence(field);
    };
  }

  private sealed interface Node {
    RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within);

    boolean mightHold(Knowledge knowledge);
  }

  private record All(List<Node> parts) implements Node {
    @Override
    public RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within) {
      RowSet left = within;
      for (Node part : parts) {
        if (left.isEmpty()) {
          break;
        }
        left = part.rows(columns, left);
      }
      return left == within ? within.copy() : left;
    }

    @Override
    public boolean mightHold(Knowledge knowledge) {
      for (Node part : parts) {
        if (!part.mightHold(knowledge)) {
          return false;
        }
      }
      return true;
    }
  }

  private record Any(List<Node> parts) implements Node {
    @Override
    public RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within) {
      RowSet found = RowSet.none(within.size());
      RowSet left = within.copy();
      for (Node part : parts) {
        if (left.isEmpty()) {
          break;
        }
        RowSet more = part.rows(columns, left);
        found.or(more);
        left.andNot(more);
      }
      return found;
    }

    @Override
    public boolean mightHold(Knowledge knowledge) {
      for (Node part : parts) {
        if (part.mightHold(knowledge)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Comparison(SpanCondition.Compare compare, ValueTest test) implements Node {
    @Override
    public RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within) {
      return within.isEmpty()
          ? RowSet.none(within.size())
          : ColumnScan.satisfying(columns.apply(compare.field()), test, within);
    }

    @Override
    public boolean mightHold(Knowledge knowledge) {
      return knowledge.mightHold(compare, test);
    }
  }

  private record Presence(SpanField field) implements Node {
    @Override
    public RowSet rows(Function<SpanField, SpanColumn> columns, RowSet within) {
      return within.isEmpty()
          ? RowSet.none(within.size())
          : ColumnScan.present(columns.apply(field), within);
    }

    @Override
    public boolean mightHold(Knowledge knowledge) {
      return knowledge.mightHave(field);
    }
  }
}
