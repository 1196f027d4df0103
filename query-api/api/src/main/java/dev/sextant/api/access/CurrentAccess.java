package dev.sextant.api.access;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;

/** Carries the {@link Access} that the authoriser granted along a request. */
public final class CurrentAccess {
  private static final AttributeKey<Access> KEY =
      AttributeKey.valueOf(CurrentAccess.class, "ACCESS");

  private CurrentAccess() {}

  public static void set(ServiceRequestContext ctx, Access access) {
    ctx.setAttr(KEY, access);
  }

  /**
   * The request's access.
   *
   * @throws AccessDeniedException where the request did not pass the authoriser
   */
  public static Access of(ServiceRequestContext ctx) {
    Access access = ctx.attr(KEY);
    if (access == null) {
      throw new AccessDeniedException("this route was reached without passing the authoriser");
    }
    return access;
  }
}
