package dev.sextant.server.access;

import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header by which the dashboard's pass-through tells the API who is logged in: name, roles and
 * an expiry, signed with a key that lives in this process only. Thread-safe.
 */
public final class SignedIdentity {
  public static final String HEADER = "x-sextant-identity";
  private static final long VALID_MILLIS = 60_000;

  private final SecretKeySpec key;
  private final InstantSource clock;

  public SignedIdentity(InstantSource clock) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
  }

  /** A header value that {@link #verify} takes for the next minute. */
  public String sign(Principal principal) {
    String roles =
        principal.roles().stream().map(Role::name).sorted().collect(Collectors.joining(","));
    String name =
        Base64.getUrlEncoder().encodeToString(principal.name().getBytes(StandardCharsets.UTF_8));
    String claim = name + "|" + roles + "|" + (clock.millis() + VALID_MILLIS);
    return claim + "|" + mac(claim);
  }

  /** Who signed in; empty where the value is not of this process or too old. */
  public Optional<Principal> verify(String value) {
    int last = value.lastIndexOf('|');
    String[] claim = value.substring(0, Math.max(0, last)).split("\\|", -1);
    if (claim.length != 3 || !matches(value.substring(last + 1), mac(value.substring(0, last)))) {
      return Optional.empty();
    }
    if (Long.parseLong(claim[2]) < clock.millis()) {
      return Optional.empty();
    }
    Set<Role> roles =
        claim[1].isEmpty()
            ? Set.of()
            : java.util.Arrays.stream(claim[1].split(","))
                .map(Role::valueOf)
                .collect(Collectors.toSet());
    String name = new String(Base64.getUrlDecoder().decode(claim[0]), StandardCharsets.UTF_8);
    return Optional.of(new Principal(name, roles));
  }

  private static boolean matches(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private String mac(String claim) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(claim.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
