package dev.sextant.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as it holds, with every default, as YAML that {@link ConfigReader} takes again.
 * Secrets read {@code <secret>}, also passwords within addresses.
 */
public final class EffectiveConfig {
  private static final String HIDDEN = "<secret>";
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  private EffectiveConfig() {}

  public static String yaml(ServerConfig config) {
    try {
      return YAML.writeValueAsString(section(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration cannot be written as YAML", e);
    }
  }

  private static Map<String, @Nullable Object> section(Record section) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      Object value = read(component, section);
      values.put(name, component.isAnnotationPresent(Secret.class) ? hidden(value) : shown(value));
    }
    return values;
  }

  private static @Nullable Object read(RecordComponent component, Record section) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the setting " + component, e);
    }
  }

  private static Object hidden(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> names = new TreeMap<>();
      map.forEach((name, secret) -> names.put(String.valueOf(name), HIDDEN));
      return names;
    }
    return value == null || value.toString().isEmpty() ? "" : HIDDEN;
  }

  private static @Nullable Object shown(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Span span -> text(span.duration());
      case Size size -> text(size.bytes());
      case Record section -> section(section);
      case Collection<?> list -> list.stream().map(EffectiveConfig::shown).toList();
      case Map<?, ?> map -> new TreeMap<>(map);
      case Path path -> path.toString();
      case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
      case String text -> USER_INFO.matcher(text).replaceAll(HIDDEN + "@");
      default -> value;
    };
  }

  /** As {@link Span#parse} reads it. */
  static String text(Duration duration) {
    StringBuilder out = new StringBuilder();
    long rest = duration.toMillis();
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= MILLIS[i]) {
        out.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return out.isEmpty() ? "0s" : out.toString();
  }

  /** As {@link Size#parse} reads it. */
  private static String text(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long rest = bytes;
    while (unit < units.length - 1 && rest >= 1024 && rest % 1024 == 0) {
      rest /= 1024;
      unit++;
    }
    return rest + units[unit];
  }
}
