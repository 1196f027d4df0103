package dev.sextant.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the series of two vectors find each other.
 *
 * @param on whether {@code labels} are those compared, else those ignored
 * @param include labels that {@code group_left} or {@code group_right} copies from the one side
 * @param fillLeft value in place of a missing left partner, null for none
 * @param fillRight value in place of a missing right partner, null for none
 */
public record VectorMatching(
    Cardinality cardinality,
    boolean on,
    List<String> labels,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {

  /** One-to-one over all labels. */
  public static final VectorMatching DEFAULT =
      new VectorMatching(Cardinality.ONE_TO_ONE, false, List.of(), List.of(), null, null);

  /** How many series of the left side meet how many of the right. */
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    MANY_TO_MANY("many-to-many");

    private final String text;

    Cardinality(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public VectorMatching withCardinality(Cardinality value) {
    return new VectorMatching(value, on, labels, include, fillLeft, fillRight);
  }

  public boolean fills() {
    return fillLeft != null || fillRight != null;
  }
}
