package dev.sextant.benchmarks.traces;

import java.io.IOException;
import java.net.http.HttpRequest;

/** An answer that is not what the generator knows: no figure of such a server counts. */
final class WrongAnswerException extends IOException {
  private static final long serialVersionUID = 1;

  WrongAnswerException(HttpRequest question, String what) {
    super(question.uri() + ": " + what);
  }
}
