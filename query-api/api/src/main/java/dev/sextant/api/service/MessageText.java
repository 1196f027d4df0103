package dev.sextant.api.service;

import java.util.regex.Pattern;

/**
 * An exception's message without numbers and ids, so that messages that differ in those only have
 * the same text, in one line.
 */
final class MessageText {
  static final int LONGEST = 300;

  private static final Pattern IDS =
      Pattern.compile(
          "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
              + "|\\b(?:0x)?(?=[a-fA-F]{0,63}[0-9])[0-9a-fA-F]{8,64}\\b"
              + "|[0-9]+(?:[.,:][0-9]+)*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int LONGEST_READ = 2_000;

  private MessageText() {}

  static String of(String message) {
    String read = message.length() <= LONGEST_READ ? message : message.substring(0, LONGEST_READ);
    String line = BLANKS.matcher(IDS.matcher(read).replaceAll("?")).replaceAll(" ").strip();
    return StatementText.cut(line, LONGEST);
  }
}
