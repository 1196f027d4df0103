package dev.sextant.alerting;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is a template as Prometheus' rules take it: actions are closed, blocks end, and
 * every variable and function exists. What a template means at a sample shows when it is expanded.
 *
 * @see <a href="https://pkg.go.dev/text/template">The template language</a>
 */
public final class TemplateSyntax {
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "else",
          "end",
          "range",
          "with",
          "define",
          "template",
          "block",
          "break",
          "continue",
          "nil",
          "true",
          "false");
  private static final Set<String> BLOCKS = Set.of("if", "range", "with", "define", "block");
  private static final Set<String> FUNCTIONS =
      Set.copyOf(
          List.of(
              ("and or not len index slice print printf println html js urlquery call eq ne lt le"
                      + " gt ge args externalURL first graphLink humanize humanize1024"
                      + " humanizeDuration humanizePercentage humanizeTimestamp label match now"
                      + " parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel"
                      + " stripDomain stripPort strvalue tableLink title tmpl toDuration toLower"
                      + " toTime toUpper urlQueryEscape value")
                  .split(" ")));
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|'(?:\\\\.|[^'\\\\])*')"
              + "|(?<variable>\\$\\w*)"
              + "|(?<field>\\.\\w+)"
              + "|(?<number>[+-]?\\d[\\w.]*)"
              + "|(?<word>\\w+)"
              + "|(?<declared>:=|=)"
              + "|(?<other>\\S)");

  private final Set<String> variables =
      new HashSet<>(Set.of("$", "$labels", "$externalLabels", "$externalURL", "$value"));
  private int open;

  private TemplateSyntax() {}

  /** What is wrong, with its line; null where nothing is. */
  public static @Nullable String problem(String template) {
    return new TemplateSyntax().check(template);
  }

  private @Nullable String check(String template) {
    int at = template.indexOf("{{");
    while (at >= 0) {
      int line = 1 + (int) template.substring(0, at).chars().filter(c -> c == '\n').count();
      int end = end(template, at + 2);
      if (end < 0) {
        return "template: line " + line + ": unclosed action";
      }
      String wrong = action(template.substring(at + 2, end));
      if (wrong != null) {
        return "template: line " + line + ": " + wrong;
      }
      at = template.indexOf("{{", end + 2);
    }
    return open > 0 ? "template: unexpected EOF, a block has no end" : null;
  }

  /** Where an action's closing braces begin, beyond any text or comment within; −1 for nowhere. */
  private static int end(String template, int from) {
    int comment = template.startsWith("/*", from) ? from : from + 2;
    if (template.startsWith("/*", from) || template.startsWith("- /*", from)) {
      int closed = template.indexOf("*/", comment);
      return closed < 0 ? -1 : template.indexOf("}}", closed);
    }
    char quote = 0;
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`' || c == '\'') {
        quote = c;
      } else if (template.startsWith("}}", i)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable String action(String action) {
    String body = action.replaceFirst("^-\\s", "").replaceFirst("\\s-$", "").strip();
    if (body.startsWith("/*")) {
      return null;
    }
    if (body.isEmpty()) {
      return "missing value for command";
    }
    declare(body);
    String first = body.split("[\\s(]", 2)[0];
    if (BLOCKS.contains(first)) {
      open++;
    }
    if (first.equals("end") && --open < 0) {
      return "unexpected {{end}}";
    }
    Matcher token = TOKEN.matcher(body);
    while (token.find()) {
      String word = token.group("word");
      if (word != null && !KEYWORDS.contains(word) && !FUNCTIONS.contains(word)) {
        return "function \"" + word + "\" not defined";
      }
      String variable = token.group("variable");
      if (variable != null && !variables.contains(variable)) {
        return "undefined variable \"" + variable + "\"";
      }
    }
    return null;
  }

  /** Notes the variables that stand before {@code :=}. */
  private void declare(String body) {
    int sign = body.indexOf(":=");
    if (sign > 0) {
      Matcher token = TOKEN.matcher(body.substring(0, sign));
      while (token.find()) {
        if (token.group("variable") != null) {
          variables.add(token.group("variable"));
        }
      }
    }
  }
}
