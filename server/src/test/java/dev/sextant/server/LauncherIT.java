package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher script as a distribution whose JDKs are scripts that say which one was started.
 */
class LauncherIT {
  @TempDir private Path dir;
  private Path launcher;

  record Result(int code, String out) {}

  @BeforeEach
  void unpackDistribution() throws IOException {
    Path bin = Files.createDirectories(dir.resolve("dist/bin"));
    launcher = bin.resolve("sextant");
    Files.copy(Path.of(System.getProperty("sextant.root"), "sextant"), launcher);
    Files.createDirectories(dir.resolve("home"));
    linkTools(Files.createDirectories(dir.resolve("tools")));
  }

  /** A PATH with what the script needs and no Java. */
  private static void linkTools(Path tools) throws IOException {
    List<String> names =
        List.of(
            "bash",
            "sh",
            "cat",
            "cut",
            "sed",
            "head",
            "tr",
            "tar",
            "gzip",
            "find",
            "cp",
            "mv",
            "rm",
            "mkdir",
            "mktemp",
            "dirname",
            "basename",
            "readlink",
            "uname",
            "sha256sum",
            "shasum",
            "id",
            "curl",
            "wget");
    for (String name : names) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path tool = Path.of(folder, name);
        if (Files.isExecutable(tool) && Files.notExists(tools.resolve(name))) {
          script(tools.resolve(name), "exec " + tool + " \"$@\"");
        }
      }
    }
  }

  private Path fakeJdk(String name, int version) throws IOException {
    Path home = dir.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    for (String tool : List.of("java", "javac")) {
      script(bin.resolve(tool), "echo started " + name);
    }
    return home;
  }

  private static void script(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result run(Map<String, String> environment) throws Exception {
    return run("serve", environment);
  }

  private Result run(String command, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), command);
    builder.redirectErrorStream(true);
    Map<String, String> env = builder.environment();
    Stream.of("JAVA_HOME", "SEXTANT_JAVA_HOME", "SEXTANT_JAVA_OPTS").forEach(env::remove);
    env.put("HOME", dir.resolve("home").toString());
    env.put("XDG_CACHE_HOME", dir.resolve("cache").toString());
    env.put("PATH", dir.resolve("tools").toString());
    env.put("SEXTANT_JVM_DIRS", "");
    env.putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }

  private Path archive(String name, int version) throws Exception {
    fakeJdk(name, version);
    Path tar = dir.resolve(name + ".tar.gz");
    Process process =
        new ProcessBuilder("tar", "-czf", tar.toString(), "-C", dir.toString(), name).start();
    assertThat(process.waitFor()).isZero();
    return tar;
  }

  private static void writeChecksum(Path file, String checksum) throws IOException {
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha256.txt"), checksum + "  jdk.tar.gz\n");
  }

  private static String sha256(Path file) throws Exception {
    var digest =
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return java.util.HexFormat.of().formatHex(digest);
  }

  @Test
  void javaHome_thatIsNewEnough_isTaken() throws Exception {
    Result result = run(Map.of("JAVA_HOME", fakeJdk("jdk-26", 26).toString()));

    assertThat(result).isEqualTo(new Result(0, "started jdk-26\n"));
  }

  @Test
  void javaHome_thatIsOld_isPassedOverForOneInTheFolderOfJvms() throws Exception {
    fakeJdk("jvms/jdk-21", 21);
    fakeJdk("jvms/jdk-25", 25);
    Result result =
        run(
            Map.of(
                "JAVA_HOME",
                fakeJdk("old", 17).toString(),
                "SEXTANT_JVM_DIRS",
                dir.resolve("jvms") + "/*"));

    assertThat(result).isEqualTo(new Result(0, "started jvms/jdk-25\n"));
  }

  /** The command line with which the launcher starts Java. */
  private List<String> commandLine(String command, String options) throws Exception {
    Path jdk = fakeJdk("jdk-26", 26);
    script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    Result result = run(command, Map.of("JAVA_HOME", jdk.toString(), "SEXTANT_JAVA_OPTS", options));
    assertThat(result.code()).as(result.out()).isZero();
    return result.out().lines().toList();
  }

  @Test
  void serve_hasG1InLargeRegions() throws Exception {
    assertThat(commandLine("serve", ""))
        .containsSubsequence("-XX:+UseG1GC", "-XX:G1HeapRegionSize=4m", "-jar", "serve");
  }

  @Test
  void serve_optionsOfTheUser_comeLast() throws Exception {
    assertThat(commandLine("serve", "-Xmx2g -XX:G1HeapRegionSize=8m"))
        .containsSubsequence(
            "-XX:+UseG1GC", "-XX:G1HeapRegionSize=4m", "-Xmx2g", "-XX:G1HeapRegionSize=8m", "-jar");
  }

  @Test
  void serve_anotherCollector_isTheOnlyOne() throws Exception {
    assertThat(commandLine("serve", "-XX:+UseZGC"))
        .contains("-XX:+UseZGC")
        .noneMatch(option -> option.contains("G1"));
  }

  @Test
  void demo_handsItsServerTheSameOptions() throws Exception {
    assertThat(commandLine("demo", "-Xmx2g"))
        .anySatisfy(
            option ->
                assertThat(option)
                    .startsWith("-Dsextant.server-flags=")
                    .contains("-XX:+UseG1GC -XX:G1HeapRegionSize=4m")
                    .endsWith(" -Xmx2g"));
  }

  @Test
  void noJdk_isFetchedCheckedAndKept() throws Exception {
    Path archive = archive("jdk-25.0.9", 25);
    writeChecksum(archive, sha256(archive));
    Map<String, String> environment = Map.of("SEXTANT_JDK_URL", "file://" + archive);

    Result first = run(environment);
    assertThat(first.out()).contains("fetching Temurin 25", "started jdk-25.0.9");
    assertThat(first.code()).isZero();

    Files.delete(archive);
    assertThat(run(environment)).isEqualTo(new Result(0, "started jdk-25.0.9\n"));
  }

  @Test
  void fetchedJdk_withAnotherChecksum_isNotUsed() throws Exception {
    Path archive = archive("jdk-25.0.9", 25);
    writeChecksum(archive, "0".repeat(64));

    Result result = run(Map.of("SEXTANT_JDK_URL", "file://" + archive));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out())
        .contains("has checksum", "expected 0000", "not used")
        .doesNotContain("started");
  }

  @Test
  void fetchedJdk_withoutChecksum_isNotUsed() throws Exception {
    Result result = run(Map.of("SEXTANT_JDK_URL", "file://" + archive("jdk-25.0.9", 25)));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).contains("no checksum at").doesNotContain("started");
  }

  @Test
  void nothingToFetch_saysInOneLineWhatToInstall() throws Exception {
    Result result = run(Map.of("SEXTANT_JDK_URL", "file://" + dir.resolve("absent.tar.gz")));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).contains("install JDK 25 or newer", "JAVA_HOME");
  }
}
