package dev.sextant.metrics.model;

import com.google.re2j.Matcher;
import org.jspecify.annotations.Nullable;

/** Fills a template with the groups of a match, as Go's {@code Regexp.Expand} does. */
final class RegexTemplate {
  private RegexTemplate() {}

  static String fill(String template, Matcher matcher) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '$') {
        out.append(c);
      } else if (at < template.length() && template.charAt(at) == '$') {
        out.append('$');
        at++;
      } else {
        boolean braces = at < template.length() && template.charAt(at) == '{';
        int start = braces ? at + 1 : at;
        int end = start;
        while (end < template.length() && isName(template.charAt(end))) {
          end++;
        }
        if (end == start || (braces && (end == template.length() || template.charAt(end) != '}'))) {
          out.append('$');
        } else {
          out.append(group(matcher, template.substring(start, end)));
          at = braces ? end + 1 : end;
        }
      }
    }
    return out.toString();
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static String group(Matcher matcher, String name) {
    @Nullable String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = number <= matcher.groupCount() ? matcher.group(number) : null;
    } else if (matcher.pattern().namedGroups().containsKey(name)) {
      value = matcher.group(name);
    }
    return value == null ? "" : value;
  }
}
