package dev.sextant.alerting.yaml;

/**
 * Something wrong in a file.
 *
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the file as a whole is meant
 */
public record Problem(int line, int column, String message) {
  /** As compilers write it: {@code FILE:LINE:COLUMN: MESSAGE}. */
  public String at(String file) {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
