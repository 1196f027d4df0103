package dev.sextant.collector.receive;

import com.linecorp.armeria.common.RequestHeaders;
import org.jspecify.annotations.Nullable;

/** Which tenant a request speaks for. Only {@code default} exists. */
public final class Tenants {
  public static final String DEFAULT = "default";
  public static final String HEADER = "x-scope-orgid";

  private Tenants() {}

  /** Why the request's tenant is refused, or null where it may go on as {@link #DEFAULT}. */
  public static @Nullable Outcome refusal(RequestHeaders headers) {
    String named = headers.get(HEADER);
    if (named == null || named.isEmpty() || named.equals(DEFAULT)) {
      return null;
    }
    return new Outcome.Invalid(
        "unknown tenant '" + named + "' in X-Scope-OrgID; leave the header out or say 'default'");
  }
}
