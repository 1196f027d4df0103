package dev.sextant.collector.relabel;

import dev.sextant.collector.receive.Names;
import dev.sextant.metrics.model.LabelRegex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of {@code relabel_configs}, as Prometheus documents it. The regular expression matches
 * the whole value.
 *
 * @param modulus of {@link Action#HASHMOD}, else 0
 */
public record RelabelRule(
    Action action,
    List<String> sourceLabels,
    String separator,
    LabelRegex regex,
    String targetLabel,
    String replacement,
    long modulus) {

  /** In Prometheus' words, in lower case. */
  public enum Action {
    REPLACE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LABELMAP,
    LABELDROP,
    LABELKEEP,
    LOWERCASE,
    UPPERCASE
  }

  public RelabelRule {
    sourceLabels = List.copyOf(sourceLabels);
  }

  /** Applies rules in order; false where one of them drops the labels. */
  public static boolean apply(List<RelabelRule> rules, TreeMap<String, String> labels) {
    for (RelabelRule rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }

  private boolean apply(TreeMap<String, String> labels) {
    String value = source(labels);
    switch (action) {
      case KEEP -> {
        return regex.matches(value);
      }
      case DROP -> {
        return !regex.matches(value);
      }
      case KEEPEQUAL -> {
        return value.equals(labels.getOrDefault(targetLabel, ""));
      }
      case DROPEQUAL -> {
        return !value.equals(labels.getOrDefault(targetLabel, ""));
      }
      case REPLACE -> replace(labels, value);
      case LOWERCASE -> set(labels, targetLabel, value.toLowerCase(Locale.ROOT));
      case UPPERCASE -> set(labels, targetLabel, value.toUpperCase(Locale.ROOT));
      case HASHMOD ->
          set(labels, targetLabel, Long.toString(Long.remainderUnsigned(md5(value), modulus)));
      case LABELMAP -> map(labels);
      case LABELDROP -> labels.keySet().removeIf(name -> regex.matches(name));
      case LABELKEEP -> labels.keySet().removeIf(name -> !regex.matches(name));
    }
    return true;
  }

  private String source(Map<String, String> labels) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < sourceLabels.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(labels.getOrDefault(sourceLabels.get(i), ""));
    }
    return joined.toString();
  }

  private void replace(TreeMap<String, String> labels, String value) {
    String name = regex.expand(value, targetLabel);
    String filled = regex.expand(value, replacement);
    if (name != null && filled != null && Names.isLabelName(name)) {
      set(labels, name, filled);
    }
  }

  private void map(TreeMap<String, String> labels) {
    TreeMap<String, String> added = new TreeMap<>();
    labels.forEach(
        (name, value) -> {
          String target = regex.expand(name, replacement);
          if (target != null) {
            added.put(target, value);
          }
        });
    added.forEach((name, value) -> set(labels, name, value));
  }

  private static void set(TreeMap<String, String> labels, String name, String value) {
    if (value.isEmpty()) {
      labels.remove(name);
    } else {
      labels.put(name, value);
    }
  }

  /** The last 8 bytes of the MD5 sum, big endian. */
  private static long md5(String value) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(sum).getLong(8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
