package dev.sextant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  @TempDir Path directory;

  private final Disk disk = Disk.local();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void create_appends_cuts_andIsRead() throws IOException {
    Path file = directory.resolve("a");
    try (AppendFile out = disk.create(file)) {
      out.write(bytes("hello world"));
      out.truncate(5);
      out.sync();
    }
    disk.sync(file);
    disk.syncDirectory(directory);
    ByteBuffer read = ByteBuffer.allocate(10);
    try (ReadFile in = disk.open(file)) {
      assertThat(in.length()).isEqualTo(5);
      disk.delete(file);
      assertThat(in.read(read, 1)).isEqualTo(4);
      assertThat(in.read(read, 5)).isEqualTo(-1);
    }
    assertThat(new String(read.array(), 0, read.position(), StandardCharsets.UTF_8))
        .isEqualTo("ello");
    disk.delete(file);
    assertThatThrownBy(() -> disk.open(file)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void create_refusesATakenName() throws IOException {
    disk.create(directory.resolve("a")).close();
    assertThatThrownBy(() -> disk.create(directory.resolve("a")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void replace_leavesTheNewContentAlone() throws IOException {
    Path file = directory.resolve("state");
    disk.replace(file, bytes("a longer first"));
    disk.replace(file, bytes("second"));
    assertThat(file).hasContent("second");
    assertThat(disk.list(directory)).containsExactly(file);
  }

  @Test
  void list_isOrdered_andKnowsOnlyFiles() throws IOException {
    disk.createDirectories(directory.resolve("x/y"));
    Files.createFile(directory.resolve("b"));
    Files.createFile(directory.resolve("a"));
    assertThat(disk.list(directory))
        .containsExactly(directory.resolve("a"), directory.resolve("b"));
    assertThat(directory.resolve("x/y")).isDirectory();
    assertThat(disk.usableBytes(directory)).isPositive();
  }
}
