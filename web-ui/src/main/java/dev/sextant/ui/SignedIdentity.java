package dev.sextant.ui;

import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An identity one part of the process states to another: {@code base64url(name) "." roles "."
 * expiry "." base64url(HMAC-SHA256)}, roles in lower case joined by commas, expiry in milliseconds
 * since the epoch. The secret never leaves the process. Safe for many threads.
 */
public final class SignedIdentity {
  /** A request passes through in less; a replayed header is worthless after it. */
  public static final Duration VALIDITY = Duration.ofMinutes(1);

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param secret at least 32 random bytes
   */
  public SignedIdentity(byte[] secret, Clock clock) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes; 32 are needed");
    }
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /** The header's value for a principal, good for {@link #VALIDITY}. */
  public String sign(Principal principal) {
    String roles =
        principal.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(","));
    String stated =
        encode(principal.name().getBytes(StandardCharsets.UTF_8))
            + "."
            + roles
            + "."
            + (clock.millis() + VALIDITY.toMillis());
    return stated + "." + encode(mac(stated));
  }

  /** Who a header's value states; empty where it is malformed, altered or too old. */
  public Optional<Principal> verify(String value) {
    int end = value.lastIndexOf('.');
    if (end < 0) {
      return Optional.empty();
    }
    String stated = value.substring(0, end);
    try {
      byte[] given = Base64.getUrlDecoder().decode(value.substring(end + 1));
      if (!MessageDigest.isEqual(given, mac(stated))) {
        return Optional.empty();
      }
      return read(stated);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Optional<Principal> read(String stated) {
    String[] parts = stated.split("\\.", -1);
    if (parts.length != 3 || Long.parseLong(parts[2]) < clock.millis()) {
      return Optional.empty();
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String role : parts[1].split(",")) {
      if (!role.isEmpty()) {
        roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
      }
    }
    String name = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    return Optional.of(new Principal(name, roles));
  }

  private byte[] mac(String stated) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(stated.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
