package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Jaeger's headers: {@code uber-trace-id} as {@code trace:span:parent:flags} in hex digits without
 * leading zeros, maybe URL-encoded, and baggage as URL-encoded {@code uberctx-KEY}. Trace ids of 64
 * bits become the lower half of ours. Of baggage at most 64 entries of together 8,192 characters
 * are read and written, and of that what can stand in a header's name.
 *
 * <p>See <a href="https://www.jaegertracing.io/sdk-migration/#propagation-format">Jaeger's
 * propagation format</a>.
 */
final class JaegerHeaders implements TextMapPropagator {
  private static final String HEADER = "uber-trace-id";
  private static final String BAGGAGE = "uberctx-";
  private static final int SAMPLED = 1;

  /** In characters; a whole header has 71, URL-encoded 77. */
  private static final int LONGEST = 128;

  private static final int MOST_ENTRIES = 64;
  private static final int MOST_CHARACTERS = 8_192;

  @Override
  public Collection<String> fields() {
    return Collections.singleton(HEADER);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid()) {
      return;
    }
    String flags = span.isSampled() ? ":0:1" : ":0:0";
    setter.set(carrier, HEADER, span.getTraceId() + ":" + span.getSpanId() + flags);
    Baggage baggage = Baggage.fromContext(context);
    if (!baggage.isEmpty()) {
      Room room = new Room();
      baggage.forEach(
          (key, entry) -> {
            String value = encoded(entry.getValue());
            if (isToken(key) && room.has(key, value)) {
              setter.set(carrier, BAGGAGE + key, value);
            }
          });
    }
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    String header = getter.get(carrier, HEADER);
    if (header == null || header.length() > LONGEST) {
      return context;
    }
    SpanContext parent = parent(header.indexOf(':') < 0 ? decoded(header) : header);
    if (!parent.isValid() || carrier == null) {
      return context;
    }
    return withBaggage(context.with(Span.wrap(parent)), carrier, getter);
  }

  private static SpanContext parent(String header) {
    String[] parts = header.split(":", -1);
    if (parts.length != 4) {
      return SpanContext.getInvalid();
    }
    int flags = Integer.parseInt(parts[3], 16);
    return SpanContext.createFromRemoteParent(
        padded(parts[0], 32),
        padded(parts[1], 16),
        (flags & SAMPLED) != 0 ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  /** Longer or other ids are found invalid later. */
  private static String padded(String id, int length) {
    StringBuilder padded = new StringBuilder(length);
    for (int i = id.length(); i < length; i++) {
      padded.append('0');
    }
    return padded.append(id.toLowerCase(Locale.ROOT)).toString();
  }

  private static <C> Context withBaggage(Context context, C carrier, TextMapGetter<C> getter) {
    BaggageBuilder builder = null;
    Room room = new Room();
    for (String name : getter.keys(carrier)) {
      if (name.length() <= BAGGAGE.length()
          || !name.regionMatches(true, 0, BAGGAGE, 0, BAGGAGE.length())) {
        continue;
      }
      String key = name.substring(BAGGAGE.length()).toLowerCase(Locale.ROOT);
      String value = getter.get(carrier, name);
      if (value != null && room.has(key, value)) {
        builder = builder == null ? Baggage.fromContext(context).toBuilder() : builder;
        builder.put(key, lenientlyDecoded(value));
      }
    }
    return builder == null ? context : context.with(builder.build());
  }

  /** How much baggage may still come. */
  private static final class Room {
    private int entries = MOST_ENTRIES;
    private int characters = MOST_CHARACTERS;

    boolean has(String key, String value) {
      int length = key.length() + value.length();
      if (entries == 0 || length > characters) {
        return false;
      }
      entries--;
      characters -= length;
      return true;
    }
  }

  /** What may stand in a header's name; baggage that came in another format may hold anything. */
  private static boolean isToken(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean isAlphanumeric = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!isAlphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  /** Clients that do not encode send a percent sign as it is. */
  private static String lenientlyDecoded(String value) {
    try {
      return decoded(value);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }

  private static String encoded(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }
}
