package dev.sextant.testapps.mvc;

import java.lang.reflect.Method;

/**
 * Calls methods, given as {@code class.method}, with nothing but nulls, and prints their results.
 */
public final class CallAll {
  private CallAll() {}

  public static void main(String[] args) throws Exception {
    for (String name : args) {
      int dot = name.lastIndexOf('.');
      Class<?> type = Class.forName(name.substring(0, dot));
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name.substring(dot + 1))) {
          Object target = type.getConstructor().newInstance();
          System.out.println(method.invoke(target, new Object[method.getParameterCount()]));
        }
      }
    }
  }
}
