package dev.sextant.agent.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of one class path element, a directory or a jar, by name with slashes. */
final class ClassPathEntry {
  private ClassPathEntry() {}

  static Map<String, byte[]> read(Path path) throws IOException {
    return Files.isDirectory(path) ? directory(path) : jar(path);
  }

  private static Map<String, byte[]> directory(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  String name = root.relativize(file).toString().replace('\\', '/');
                  files.put(name, Files.readAllBytes(file));
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              });
    }
    return files;
  }

  private static Map<String, byte[]> jar(Path path) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            files.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return files;
  }
}
