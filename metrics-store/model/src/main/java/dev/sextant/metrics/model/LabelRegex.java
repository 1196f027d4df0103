package dev.sextant.metrics.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over values of labels, as Prometheus reads it: <a
 * href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>, matched against the whole
 * value, where a dot matches a newline too. Time to match is linear in the value's length, whatever
 * the expression. Literals, alternations of them and {@code .*} or {@code .+} between them, which
 * is most of what is asked, are compared as strings. Immutable, thread-safe.
 */
public final class LabelRegex {
  private final String source;
  private final @Nullable Globs globs;

  /** Null where globs do, until a group is asked for. */
  private volatile @Nullable Pattern pattern;

  private LabelRegex(String source, @Nullable Globs globs, @Nullable Pattern pattern) {
    this.source = source;
    this.globs = globs;
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException {@code error parsing regexp: …}, in the words of Go and so of
   *     Prometheus, where it is no expression, nests more than 250 deep or compiles to more than
   *     5,000 instructions
   */
  public static LabelRegex compile(String source) {
    Globs globs = Globs.parse(source);
    return new LabelRegex(source, globs, globs == null ? pattern(source) : null);
  }

  private static Pattern pattern(String source) {
    RegexSize.check(source);
    try {
      return Pattern.compile("^(?s:" + source + ")$");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** As it was given. */
  public String source() {
    return source;
  }

  /** Whether the whole value matches. */
  public boolean matches(String value) {
    return globs != null
        ? globs.match(value)
        : Objects.requireNonNull(pattern).matcher(value).matches();
  }

  /**
   * A template filled with the groups of the match, as Go does it: {@code $1}, {@code ${1}}, {@code
   * $name}, {@code ${name}}, {@code $$}; {@code $1x} is the group named {@code 1x}, and what names
   * no group is empty.
   *
   * @return null where the value does not match
   */
  public @Nullable String expand(String value, String template) {
    if (globs != null && !globs.match(value)) {
      return null;
    }
    if (globs != null && template.indexOf('$') < 0) {
      return template;
    }
    Pattern groups = pattern;
    if (groups == null) {
      groups = pattern(source);
      pattern = groups;
    }
    Matcher matcher = groups.matcher(value);
    return matcher.matches() ? RegexTemplate.fill(template, matcher) : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelRegex that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
