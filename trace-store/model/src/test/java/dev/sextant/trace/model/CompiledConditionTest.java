package dev.sextant.trace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluator over columns gives what reading each row's value by the rules gives. */
class CompiledConditionTest {
  private static final SpanField FIELD = SpanField.span("a");
  private static final List<SpanValue> VALUES =
      List.of(
          SpanValue.of(0L),
          SpanValue.of(1L),
          SpanValue.of(-1L),
          SpanValue.of(Long.MAX_VALUE),
          SpanValue.of(Long.MIN_VALUE),
          SpanValue.of((1L << 53) + 1),
          SpanValue.of(0.0),
          SpanValue.of(-0.0),
          SpanValue.of(0.5),
          SpanValue.of(1.0),
          SpanValue.of(0x1p53),
          SpanValue.of(0x1p63),
          SpanValue.of(-0x1p63),
          SpanValue.of(Double.NaN),
          SpanValue.of(Double.POSITIVE_INFINITY),
          SpanValue.of(Double.NEGATIVE_INFINITY),
          SpanValue.of(""),
          SpanValue.of("a"),
          SpanValue.of("ab"),
          SpanValue.of("a\nb"),
          SpanValue.of("\uffee"),
          SpanValue.of("𝄞"),
          SpanValue.of(true),
          SpanValue.of(false),
          new SpanValue.Other("00ff"));
  private static final List<String> REGEXES =
      List.of("a", "a.*", "a.b", "", ".*", "b|a", "a|", "[ab]+", "(?i)A.*", "a.*b|x", ".*b.*");

  /** The rule for one value that is no list, by exact numbers and bytes. */
  private static boolean holds(SpanValue value, SpanCondition.Op op, SpanValue operand) {
    if (op == SpanCondition.Op.MATCHES || op == SpanCondition.Op.NOT_MATCHES) {
      return value instanceof SpanValue.Text(String text)
          && operand instanceof SpanValue.Text(String regex)
          && Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches()
              == (op == SpanCondition.Op.MATCHES);
    }
    if (value instanceof SpanValue.Bool || operand instanceof SpanValue.Bool) {
      boolean both = value instanceof SpanValue.Bool && operand instanceof SpanValue.Bool;
      return both
          && switch (op) {
            case EQUAL -> value.equals(operand);
            case NOT_EQUAL -> !value.equals(operand);
            default -> false;
          };
    }
    Integer order = order(value, operand);
    if (order == null) {
      boolean numbers = number(value) != null && number(operand) != null;
      return numbers && op == SpanCondition.Op.NOT_EQUAL;
    }
    return switch (op) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> false;
    };
  }

  /** Null where there is none: different types, or NaN. */
  private static Integer order(SpanValue value, SpanValue operand) {
    if (value instanceof SpanValue.Text(String a) && operand instanceof SpanValue.Text(String b)) {
      return Arrays.compareUnsigned(
          a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
    Double a = number(value);
    Double b = number(operand);
    if (a == null || b == null || a.isNaN() || b.isNaN()) {
      return null;
    }
    if (a.isInfinite() || b.isInfinite()) {
      return Double.compare(a, b);
    }
    return exact(value).compareTo(exact(operand));
  }

  private static Double number(SpanValue value) {
    return value instanceof SpanValue.Int(long n)
        ? (Double) (double) n
        : value instanceof SpanValue.Decimal(double d) ? (Double) d : null;
  }

  private static BigDecimal exact(SpanValue value) {
    return value instanceof SpanValue.Int(long n)
        ? BigDecimal.valueOf(n)
        : new BigDecimal(((SpanValue.Decimal) value).value());
  }

  private static boolean holdsForAny(SpanValue value, SpanCondition.Op op, SpanValue operand) {
    if (!(value instanceof SpanValue.Array(List<SpanValue> elements))) {
      return value != null && holds(value, op, operand);
    }
    return op == SpanCondition.Op.NOT_EQUAL || op == SpanCondition.Op.NOT_MATCHES
        ? !elements.isEmpty() && elements.stream().allMatch(e -> holds(e, op, operand))
        : elements.stream().anyMatch(e -> holds(e, op, operand));
  }

  @Test
  void everyComparison_ofEveryPairOfValues() {
    for (SpanCondition.Op op : SpanCondition.Op.values()) {
      boolean regex = op.compareTo(SpanCondition.Op.MATCHES) >= 0;
      List<SpanValue> operands = regex ? REGEXES.stream().map(SpanValue::of).toList() : VALUES;
      for (SpanValue operand : operands) {
        ValueTest test = ValueTest.of(op, operand);
        for (SpanValue value : VALUES) {
          assertThat(test.test(value))
              .as("%s %s %s", value, op, operand)
              .isEqualTo(holds(value, op, operand));
        }
      }
    }
  }

  @Test
  void bounds_excludeNothingThatHolds() {
    for (SpanCondition.Op op : SpanCondition.Op.values()) {
      for (SpanValue operand : VALUES) {
        ValueTest test = ValueTest.of(op, operand);
        for (SpanValue value : VALUES) {
          if (value instanceof SpanValue.Int(long n)) {
            assertThat(test.mayHoldLong(n, n)).isEqualTo(test.testLong(n));
            assertThat(test.mayHoldLong(n, Math.max(n, 7)) || !test.testLong(n)).isTrue();
          } else if (value instanceof SpanValue.Decimal(double d) && !Double.isNaN(d)) {
            assertThat(test.mayHoldDouble(d, d) || !test.testDouble(d)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void randomColumns_giveWhatTheirRowsGive() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      int rows = random.nextInt(200);
      Map<SpanField, List<List<SpanValue>>> values = new HashMap<>();
      Map<SpanField, SpanColumn> columns = new HashMap<>();
      for (String key : List.of("a", "b", "c")) {
        boolean lists = random.nextInt(4) == 0;
        List<List<SpanValue>> column = values(random, rows, lists);
        SpanField field =
            new SpanField.Attribute(lists ? SpanField.Scope.EVENT : SpanField.Scope.SPAN, key);
        values.put(field, column);
        columns.put(field, column(random, column, lists));
      }
      List<SpanField> fields = new ArrayList<>(values.keySet());
      SpanCondition condition = condition(random, fields, 3);
      RowSet found =
          CompiledCondition.of(condition)
              .rows(field -> columns.getOrDefault(field, SpanColumn.ABSENT), rows);
      for (int row = 0; row < rows; row++) {
        assertThat(found.get(row))
            .as("%s in row %d", condition, row)
            .isEqualTo(holds(condition, values, row));
      }
    }
  }

  private static List<List<SpanValue>> values(Random random, int rows, boolean lists) {
    int type = random.nextInt(5);
    List<List<SpanValue>> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<SpanValue> ofRow = new ArrayList<>();
      for (int i = lists ? random.nextInt(4) : 1; i > 0; i--) {
        ofRow.add(random.nextInt(4) == 0 ? null : value(random, type));
      }
      values.add(ofRow);
    }
    return values;
  }

  private static SpanValue value(Random random, int type) {
    return switch (type) {
      case 0 -> SpanValue.of((long) random.nextInt(4));
      case 1 -> SpanValue.of(random.nextInt(8) / 2.0);
      case 2 -> SpanValue.of(List.of("a", "b", "ab").get(random.nextInt(3)));
      case 3 -> VALUES.get(random.nextInt(VALUES.size()));
      default ->
          random.nextBoolean()
              ? VALUES.get(random.nextInt(VALUES.size()))
              : new SpanValue.Array(
                  random.ints(random.nextInt(3), 0, VALUES.size()).mapToObj(VALUES::get).toList());
    };
  }

  private static SpanColumn column(Random random, List<List<SpanValue>> values, boolean lists) {
    List<SpanValue> flat = new ArrayList<>();
    int[] ends = new int[values.size() + random.nextInt(3)];
    for (int row = 0; row < values.size(); row++) {
      flat.addAll(values.get(row));
      ends[row] = flat.size();
    }
    SpanColumn column = flat(random, flat);
    return lists ? new SpanColumn.Lists(ends, column) : column;
  }

  private static SpanColumn flat(Random random, List<SpanValue> values) {
    int length = values.size() + random.nextInt(100);
    long[] present = new long[(length + 63) / 64];
    boolean longs = true;
    boolean doubles = true;
    boolean all = true;
    for (int i = 0; i < values.size(); i++) {
      SpanValue value = values.get(i);
      present[i / 64] |= value == null ? 0 : 1L << i;
      all &= value != null;
      longs &= value == null || value instanceof SpanValue.Int;
      doubles &= value == null || value instanceof SpanValue.Decimal;
    }
    if (longs || doubles) {
      long[] whole = new long[length];
      double[] decimal = new double[length];
      for (int i = 0; i < values.size(); i++) {
        whole[i] = values.get(i) instanceof SpanValue.Int(long n) ? n : random.nextInt(3);
        decimal[i] = values.get(i) instanceof SpanValue.Decimal(double d) ? d : 0.5;
      }
      long[] mask = all && random.nextBoolean() ? null : present;
      return longs ? new SpanColumn.Longs(whole, mask) : new SpanColumn.Doubles(decimal, mask);
    }
    List<SpanValue> dictionary =
        new ArrayList<>(values.stream().filter(v -> v != null).distinct().toList());
    dictionary.add(SpanValue.of("no row's"));
    int[] codes = new int[length];
    for (int i = 0; i < values.size(); i++) {
      codes[i] = dictionary.indexOf(values.get(i));
    }
    return new Codes(dictionary, codes);
  }

  private record Codes(List<SpanValue> dictionary, int[] codes) implements SpanColumn.Coded {}

  private static SpanCondition condition(Random random, List<SpanField> fields, int depth) {
    SpanField field = fields.get(random.nextInt(fields.size()));
    int kind = random.nextInt(depth == 0 ? 4 : 8);
    if (kind >= 4) {
      List<SpanCondition> parts = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        parts.add(condition(random, fields, depth - 1));
      }
      return kind < 6 ? new SpanCondition.And(parts) : new SpanCondition.Or(parts);
    }
    if (kind == 0) {
      return new SpanCondition.Present(field);
    }
    SpanCondition.Op op = SpanCondition.Op.values()[random.nextInt(8)];
    SpanValue operand =
        op.compareTo(SpanCondition.Op.MATCHES) >= 0
            ? SpanValue.of(REGEXES.get(random.nextInt(REGEXES.size())))
            : value(random, random.nextInt(4));
    return new SpanCondition.Compare(field, op, operand);
  }

  private static boolean holds(
      SpanCondition condition, Map<SpanField, List<List<SpanValue>>> values, int row) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          parts.stream().allMatch(part -> holds(part, values, row));
      case SpanCondition.Or(List<SpanCondition> parts) ->
          parts.stream().anyMatch(part -> holds(part, values, row));
      case SpanCondition.Present(SpanField field) ->
          values.get(field).get(row).stream().anyMatch(value -> value != null);
      case SpanCondition.Compare(SpanField field, SpanCondition.Op op, SpanValue operand) ->
          values.get(field).get(row).stream().anyMatch(value -> holdsForAny(value, op, operand));
    };
  }

  @Test
  void codes_areNotAskedForWhereNothingInTheDictionaryPasses() {
    SpanColumn.Coded column =
        new SpanColumn.Coded() {
          @Override
          public List<SpanValue> dictionary() {
            return List.of(SpanValue.of("x"), SpanValue.of(3L));
          }

          @Override
          public int[] codes() {
            throw new AssertionError("codes decoded in vain");
          }
        };
    SpanCondition condition =
        new SpanCondition.Compare(FIELD, SpanCondition.Op.EQUAL, SpanValue.of("y"));
    assertThat(CompiledCondition.of(condition).rows(field -> column, 9).isEmpty()).isTrue();
  }

  @Test
  void columns_areNotAskedForWhereTheAnswerIsKnown() {
    SpanField other = SpanField.span("b");
    SpanCondition present = new SpanCondition.Present(FIELD);
    SpanCondition further = new SpanCondition.Present(other);
    for (boolean and : List.of(true, false)) {
      List<SpanField> asked = new ArrayList<>();
      SpanCondition condition =
          and
              ? new SpanCondition.And(List.of(present, further))
              : new SpanCondition.Or(List.of(present, further));
      CompiledCondition.of(condition)
          .rows(
              field -> {
                asked.add(field);
                return and ? SpanColumn.ABSENT : new SpanColumn.Longs(new long[9], null);
              },
              9);
      assertThat(asked).containsExactly(FIELD);
    }
  }

  @Test
  void within_isNeitherLeftNorChanged() {
    RowSet within = RowSet.none(130);
    within.add(0);
    within.add(64);
    within.add(129);
    RowSet before = within.copy();
    SpanColumn column = new SpanColumn.Longs(new long[130], null);
    SpanCondition zero = new SpanCondition.Compare(FIELD, SpanCondition.Op.EQUAL, SpanValue.of(0L));
    for (SpanCondition condition : List.of(zero, SpanCondition.ALL)) {
      RowSet found = CompiledCondition.of(condition).rows(field -> column, within);
      assertThat(found).isEqualTo(before).isNotSameAs(within);
      found.remove(0);
      assertThat(within).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "0,64,64", "3,70,67", "63,65,2", "64,130,66", "5,5,0", "0,130,130"})
  void count_ofAPart(int from, int to, int count) {
    RowSet set = RowSet.all(130);
    assertThat(set.count(from, to)).isEqualTo(count);
    assertThat(set.isFull()).isTrue();
    assertThat(RowSet.none(130).count(from, to)).isZero();
  }
}
