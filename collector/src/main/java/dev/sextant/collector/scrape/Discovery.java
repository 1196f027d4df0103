package dev.sextant.collector.scrape;

import dev.sextant.collector.scrape.ScrapeConfig.FileDiscovery;
import dev.sextant.collector.scrape.ScrapeConfig.StaticGroup;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the targets of one configuration: the static ones, and those of its discovery files. A file
 * that cannot be read keeps the targets it had; one that is gone has none. For one thread.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /** What discovery found, in a fixed order. */
  record Found(List<Target> targets, List<Targets.Dropped> dropped) {}

  private final ScrapeConfig config;
  private final Map<Path, List<StaticGroup>> files = new TreeMap<>();
  private final Map<FileDiscovery, Long> nextRead = new HashMap<>();
  private @Nullable Found last;

  Discovery(ScrapeConfig config) {
    this.config = config;
  }

  /** The very same object as before where no discovery file was due. */
  Found find(long nowMillis) {
    boolean due = last == null;
    for (FileDiscovery each : config.files()) {
      if (nowMillis >= nextRead.getOrDefault(each, 0L)) {
        nextRead.put(each, nowMillis + each.refresh().toMillis());
        read(each);
        due = true;
      }
    }
    if (due || last == null) {
      last = make();
    }
    return last;
  }

  private Found make() {
    Map<Target.Key, Target> targets = new LinkedHashMap<>();
    List<Targets.Dropped> dropped = new ArrayList<>();
    for (StaticGroup group : config.staticGroups()) {
      add(group, Map.of(), targets, dropped);
    }
    files.forEach(
        (file, groups) -> {
          for (StaticGroup group : groups) {
            add(group, Map.of("__meta_filepath", file.toString()), targets, dropped);
          }
        });
    return new Found(List.copyOf(targets.values()), dropped);
  }

  private void add(
      StaticGroup group,
      Map<String, String> meta,
      Map<Target.Key, Target> targets,
      List<Targets.Dropped> dropped) {
    for (String address : group.targets()) {
      switch (Target.make(config, address, group.labels(), meta)) {
        case Target.Made.Active(Target target) -> targets.put(target.key(), target);
        case Target.Made.Dropped(Map<String, String> labels) ->
            dropped.add(new Targets.Dropped(config.job(), labels));
        case Target.Made.Wrong(String why) -> LOG.warn("{}", why);
      }
    }
  }

  private void read(FileDiscovery discovery) {
    for (Path pattern : discovery.patterns()) {
      List<Path> found = matching(pattern);
      files.keySet().removeIf(file -> matches(pattern, file) && !found.contains(file));
      for (Path file : found) {
        try {
          files.put(file, ScrapeConfigs.groups(file));
        } catch (ScrapeConfigException e) {
          LOG.warn("{}; its targets stay as they were", e.getMessage());
        }
      }
    }
  }

  private static boolean matches(Path pattern, Path file) {
    Path folder = pattern.getParent();
    return folder != null
        && folder.equals(file.getParent())
        && pattern
            .getFileSystem()
            .getPathMatcher("glob:" + pattern.getFileName())
            .matches(file.getFileName());
  }

  private static List<Path> matching(Path pattern) {
    Path folder = pattern.getParent();
    List<Path> found = new ArrayList<>();
    if (folder == null || !Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, String.valueOf(pattern.getFileName()))) {
      files.forEach(found::add);
    } catch (NotDirectoryException e) {
      return found;
    } catch (IOException e) {
      LOG.warn("discovery files {} cannot be listed: {}", pattern, e.toString());
    }
    return found;
  }
}
