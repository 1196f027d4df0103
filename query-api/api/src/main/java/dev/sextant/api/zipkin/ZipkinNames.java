package dev.sextant.api.zipkin;

import dev.sextant.api.access.Access;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how a name is spelled: Zipkin writes the names of services and spans in lower case, and
 * clients that know this ask so, while spans are kept here as they were sent. For one question.
 *
 * @param limit how many names are looked through
 */
record ZipkinNames(TraceQlQueries queries, Access access, ZipkinParams.Range range, int limit) {

  /** The name as it was asked for, and every other that differs from it by case alone. */
  List<String> spellings(SpanField field, String asked) {
    List<String> names = new ArrayList<>(List.of(asked));
    for (SpanValue value :
        queries.values(
            access, range.fromNanos(), range.toNanos(), List.of(field), SpanCondition.ALL, limit)) {
      if (value instanceof SpanValue.Text(String name)
          && name.equalsIgnoreCase(asked)
          && !name.equals(asked)) {
        names.add(name);
      }
    }
    return names;
  }
}
