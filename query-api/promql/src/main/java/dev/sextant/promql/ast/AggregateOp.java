package dev.sextant.promql.ast;

import java.util.Locale;

/** An aggregation operator. */
public enum AggregateOp {
  SUM(false),
  AVG(false),
  COUNT(false),
  MIN(false),
  MAX(false),
  GROUP(false),
  STDDEV(false),
  STDVAR(false),
  TOPK(true),
  BOTTOMK(true),
  COUNT_VALUES(true),
  QUANTILE(true),
  LIMITK(true),
  LIMIT_RATIO(true);

  private final boolean parameter;

  AggregateOp(boolean parameter) {
    this.parameter = parameter;
  }

  /** Whether it takes a parameter before the vector. */
  public boolean hasParameter() {
    return parameter;
  }

  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
