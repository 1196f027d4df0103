package dev.sextant.agent.core.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes what must not leave the process from URLs: credentials and signatures. */
final class Redaction {
  private static final Pattern SECRET_PARAMETERS =
      Pattern.compile(
          "(?i)(^|[?&])(AWSAccessKeyId|Signature|sig|X-Goog-Signature|X-Amz-Signature"
              + "|access_token|api_key|apikey|password|token)=[^&#]*");
  private static final Pattern USER_INFO = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#]*@");

  private Redaction() {}

  static @Nullable String query(@Nullable String query) {
    if (query == null || query.isEmpty() || query.indexOf('=') < 0) {
      return query;
    }
    return SECRET_PARAMETERS.matcher(query).replaceAll("$1$2=REDACTED");
  }

  static String url(String url) {
    String redacted = url;
    if (url.indexOf('@') >= 0) {
      redacted = USER_INFO.matcher(redacted).replaceFirst("$1REDACTED:REDACTED@");
    }
    return url.indexOf('?') < 0
        ? redacted
        : SECRET_PARAMETERS.matcher(redacted).replaceAll("$1$2=REDACTED");
  }
}
