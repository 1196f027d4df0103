package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One {@code eval} of a script, with everything it expects. */
final class Eval {
  int line;
  String query = "";
  boolean instant;
  long startMillis;
  long endMillis;
  long stepMillis;
  boolean fails;
  Predicate<String> failure = message -> true;
  boolean ordered;
  boolean noWarning;
  boolean noInfo;
  final List<Predicate<String>> warnings = new ArrayList<>();
  final List<Predicate<String>> infos = new ArrayList<>();
  boolean rangeVector;
  String text;
  Double scalar;
  final Map<Labels, List<Point>> series = new LinkedHashMap<>();
}
