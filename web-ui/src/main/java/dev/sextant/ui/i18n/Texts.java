package dev.sextant.ui.i18n;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The texts of one language, by key. {@code {0}} and so on stand for values. */
public final class Texts {
  /** The cookie that holds a language chosen by hand: {@code en} or {@code zh}. */
  public static final String COOKIE = "sextant_language";

  /** What there is; the first is what everyone else gets. */
  public static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

  private static final Map<String, Map<String, String>> BY_LANGUAGE = load();
  private static final Map<String, String> ENGLISH = BY_LANGUAGE.getOrDefault("en", Map.of());

  private Texts() {}

  /**
   * The texts of a locale's language, English where there are none. Every language has every key.
   */
  public static Map<String, String> of(Locale locale) {
    return BY_LANGUAGE.getOrDefault(locale.getLanguage(), ENGLISH);
  }

  /**
   * The language to answer in.
   *
   * @param chosen the cookie's value, if any
   * @param accepted what the browser prefers, most wanted first
   */
  public static Locale choose(@Nullable String chosen, Iterable<Locale> accepted) {
    for (Locale locale : LOCALES) {
      if (locale.getLanguage().equals(chosen)) {
        return locale;
      }
    }
    for (Locale wanted : accepted) {
      for (Locale locale : LOCALES) {
        if (locale.getLanguage().equals(wanted.getLanguage())) {
          return locale;
        }
      }
    }
    return LOCALES.getFirst();
  }

  private static Map<String, Map<String, String>> load() {
    Map<String, Map<String, String>> texts = new HashMap<>();
    for (Locale locale : LOCALES) {
      texts.put(locale.getLanguage(), read("texts_" + locale.getLanguage() + ".properties"));
    }
    return Map.copyOf(texts);
  }

  private static Map<String, String> read(String name) {
    Properties properties = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
    return Map.copyOf(texts);
  }
}
