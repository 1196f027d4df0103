package dev.sextant.agent.dist;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the agent jar from a class path of directories and jars: the bootstrap module as classes,
 * everything else relocated and stored as {@code inst/**.classdata}. The same input gives the same
 * bytes.
 */
public final class AgentJar {
  private static final String BOOTSTRAP = "dev/sextant/agent/bootstrap/";
  private static final String PREMAIN = "dev/sextant/agent/SextantAgent";
  private static final String SERVICES = "META-INF/services/";
  private static final int NEWEST_CLASS_FILE = 52;

  private final TreeMap<String, byte[]> entries = new TreeMap<>();
  private final Relocation relocation = new Relocation();

  private AgentJar() {}

  /** Arguments: the jar to write, the version, the timestamp of its entries, the class path. */
  public static void main(String[] args) throws IOException {
    AgentJar jar = new AgentJar();
    for (String element : args[3].split(File.pathSeparator)) {
      Path path = Path.of(element);
      if (Files.exists(path) && !isOwn(path)) {
        jar.add(ClassPathEntry.read(path));
      }
    }
    jar.put("inst/META-INF/sextant-agent", args[1].getBytes(StandardCharsets.UTF_8));
    jar.write(Path.of(args[0]), args[1], Instant.parse(args[2]));
  }

  private static boolean isOwn(Path path) {
    return Files.exists(path.resolve("dev/sextant/agent/dist"))
        || path.getFileName().toString().startsWith("jspecify");
  }

  private void add(Map<String, byte[]> files) {
    files.forEach(
        (name, bytes) -> {
          if (name.endsWith(".class")) {
            addClass(name, bytes);
          } else if (name.startsWith(SERVICES) && !name.endsWith("/")) {
            addService(name, bytes);
          } else if (name.startsWith("META-INF/io/opentelemetry/")
              || name.startsWith("io/opentelemetry/") && !name.endsWith("/")) {
            put("inst/" + relocation.path(name), bytes);
          }
        });
  }

  private void addClass(String name, byte[] bytes) {
    if (name.startsWith("META-INF/")
        || name.endsWith("module-info.class")
        || name.endsWith("package-info.class")
        || Unused.contains(name)) {
      return;
    }
    if (name.startsWith(BOOTSTRAP) || name.startsWith(PREMAIN)) {
      put(name, check(name, bytes));
      return;
    }
    String relocated = relocation.path(name).replaceAll("\\.class$", ".classdata");
    put("inst/" + relocated, check(name, relocation.classFile(bytes)));
  }

  private void addService(String name, byte[] bytes) {
    String target = "inst/" + SERVICES + relocation.text(name.substring(SERVICES.length()));
    StringBuilder lines = new StringBuilder();
    if (entries.containsKey(target)) {
      lines.append(new String(entries.remove(target), StandardCharsets.UTF_8));
    }
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\\R")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.append(relocation.text(line.strip())).append('\n');
      }
    }
    put(target, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void put(String name, byte[] bytes) {
    if (entries.put(name, bytes) != null) {
      throw new IllegalStateException(name + " comes from two places of the class path");
    }
  }

  private static byte[] check(String name, byte[] classFile) {
    int major = (classFile[6] & 0xff) << 8 | (classFile[7] & 0xff);
    if (major > NEWEST_CLASS_FILE) {
      throw new IllegalStateException(
          name + " is class file version " + major + ", Java 8 reads " + NEWEST_CLASS_FILE);
    }
    return classFile;
  }

  private void write(Path target, String version, Instant timestamp) throws IOException {
    Files.createDirectories(target.getParent());
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      write(zip, JarFile.MANIFEST_NAME, manifest(version), timestamp);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(zip, entry.getKey(), entry.getValue(), timestamp);
      }
    }
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes, Instant timestamp)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(timestamp.atZone(java.time.ZoneOffset.UTC).toLocalDateTime());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] manifest(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", "dev.sextant.agent.SextantAgent");
    main.putValue("Can-Retransform-Classes", "true");
    main.putValue("Can-Redefine-Classes", "true");
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, "sextant-agent");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }
}
