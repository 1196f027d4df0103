package dev.sextant.log.elasticsearch;

/**
 * The words of a text, lower case, parted by single blanks: longest runs of letters and digits, as
 * Unicode has them. So the cluster needs no analyzer but {@code whitespace}, and finds what the
 * embedded store finds.
 */
final class Words {
  private Words() {}

  static String of(String text) {
    StringBuilder words = new StringBuilder(text.length());
    boolean inWord = false;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean ofWord = Character.isLetterOrDigit(c);
      if (ofWord) {
        if (!inWord && !words.isEmpty()) {
          words.append(' ');
        }
        words.appendCodePoint(Character.toLowerCase(c));
      }
      inWord = ofWord;
    }
    return words.toString();
  }
}
