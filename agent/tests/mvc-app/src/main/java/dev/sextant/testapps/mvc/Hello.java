package dev.sextant.testapps.mvc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Says hello, waits for a byte if there is an argument, and says how many listening sockets its
 * process has; -1 where the system cannot tell.
 */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) throws IOException {
    System.out.println("hello");
    if (args.length > 0) {
      System.in.read();
    }
    System.out.println("listening sockets: " + listeningSockets());
  }

  private static int listeningSockets() throws IOException {
    if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
      return -1;
    }
    Set<String> own = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        own.add(Files.isSymbolicLink(descriptor) ? target(descriptor) : "");
      }
    }
    int listening = 0;
    for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.trim().split("\\s+");
        if (columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]")) {
          listening++;
        }
      }
    }
    return listening;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
