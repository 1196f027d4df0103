package dev.sextant.agent.core.weave;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * The super types of classes that are being loaded, read from class files; loads nothing. What was
 * read is remembered per class loader, at most {@value #REMEMBERED} classes each.
 */
final class SuperTypes {
  private static final int REMEMBERED = 2_000;

  private final Map<ClassLoader, Map<String, String[]>> directByLoader =
      Collections.synchronizedMap(new WeakHashMap<ClassLoader, Map<String, String[]>>());

  /**
   * All super types of a class, transitively, as far as their class files can be found.
   *
   * @param classFile of the class itself
   * @return names with dots
   */
  Set<String> of(ClassLoader loader, byte[] classFile) {
    Set<String> all = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Arrays.asList(direct(classFile)));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (all.add(next) && !isLeaf(next)) {
        Collections.addAll(open, direct(loader, next));
      }
    }
    return all;
  }

  private static boolean isLeaf(String name) {
    return name.equals("java.lang.Object")
        || (name.startsWith("java.")
            && !name.startsWith("java.sql.")
            && !name.startsWith("java.util.concurrent."));
  }

  private String[] direct(ClassLoader loader, String name) {
    Map<String, String[]> known = directByLoader.get(loader);
    if (known == null) {
      known = new ConcurrentHashMap<>();
      directByLoader.put(loader, known);
    }
    String[] direct = known.get(name);
    if (direct == null) {
      direct = read(loader, name);
      if (known.size() < REMEMBERED) {
        known.put(name, direct);
      }
    }
    return direct;
  }

  private static String[] read(ClassLoader loader, String name) {
    try {
      ClassFileLocator.Resolution found = ClassFileLocator.ForClassLoader.of(loader).locate(name);
      return found.isResolved() ? direct(found.resolve()) : new String[0];
    } catch (IOException unreadable) {
      return new String[0];
    }
  }

  private static String[] direct(byte[] classFile) {
    ClassReader reader = OpenedClassReader.of(classFile);
    String[] interfaces = reader.getInterfaces();
    String superName = reader.getSuperName();
    String[] names = Arrays.copyOf(interfaces, interfaces.length + (superName == null ? 0 : 1));
    if (superName != null) {
      names[interfaces.length] = superName;
    }
    for (int i = 0; i < names.length; i++) {
      names[i] = names[i].replace('/', '.');
    }
    return names;
  }
}
