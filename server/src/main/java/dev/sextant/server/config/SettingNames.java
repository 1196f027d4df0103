package dev.sextant.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of all settings, as they are written: {@code listen.ports.ui}. What stands in each
 * element of a list has brackets: {@code alerting.webhooks[].url}.
 */
final class SettingNames {
  private SettingNames() {}

  static SortedSet<String> all() {
    SortedSet<String> names = new TreeSet<>();
    add(ServerConfig.class, "", names);
    return names;
  }

  /** Whether a text begins with a setting's name, as modules begin what they say about one. */
  static boolean begins(String text) {
    return all().contains(text.split("[ :]", 2)[0]);
  }

  private static void add(Class<?> section, String prefix, SortedSet<String> names) {
    for (RecordComponent component : section.getRecordComponents()) {
      String name =
          prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      Class<?> type = component.getType();
      if (isSection(type)) {
        add(type, name + ".", names);
      } else if (element(component.getGenericType()) instanceof Class<?> inner
          && isSection(inner)) {
        add(inner, name + "[].", names);
      } else {
        names.add(name);
      }
    }
  }

  private static boolean isSection(Class<?> type) {
    return type.getEnclosingClass() == ServerConfig.class && type.isRecord();
  }

  /** What a collection holds; the type itself where it is none. */
  private static Type element(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
  }
}
