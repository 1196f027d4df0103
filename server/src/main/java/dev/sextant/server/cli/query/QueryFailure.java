package dev.sextant.server.cli.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** There is no answer; the message is one sentence that says why. */
final class QueryFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Pattern PLACE = Pattern.compile("^(\\d{1,9}):(\\d{1,9}): parse error");

  private final int exitCode;

  QueryFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  /**
   * The line of the expression that the message points at, with a mark under the place; empty where
   * it points nowhere.
   */
  String underlined(String expression) {
    Matcher place = PLACE.matcher(String.valueOf(getMessage()));
    if (!place.find()) {
      return "";
    }
    List<String> lines = expression.lines().toList();
    int line = Integer.parseInt(place.group(1)) - 1;
    if (line < 0 || line >= lines.size()) {
      return "";
    }
    String text = lines.get(line);
    int at = Math.min(characters(text, Integer.parseInt(place.group(2)) - 1), text.length());
    StringBuilder mark = new StringBuilder();
    for (int i = 0; i < at; i++) {
      mark.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    int end = at;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return "  "
        + text
        + System.lineSeparator()
        + "  "
        + mark
        + "^".repeat(Math.max(1, end - at))
        + System.lineSeparator();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':';
  }

  /** How many characters so many bytes of UTF-8 are. */
  private static int characters(String text, int bytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.clamp(bytes, 0, utf8.length);
    int rest = Math.max(0, bytes - utf8.length);
    return new String(utf8, 0, length, StandardCharsets.UTF_8).length() + rest;
  }
}
