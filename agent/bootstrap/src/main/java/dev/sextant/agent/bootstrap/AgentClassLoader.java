package dev.sextant.agent.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Defines the agent's own classes from entries {@code inst/<name>.classdata} of the agent jar,
 * which no other class loader recognises as classes. Its parent knows the JDK and the bridge
 * package only, so nothing of the application can be picked up by mistake.
 */
public final class AgentClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ROOT = "inst/";

  private final JarFile jar;
  private final String url;

  /**
   * @param agentJar the agent jar; stays open as long as the loader lives
   * @throws IOException if the jar cannot be opened
   */
  public AgentClassLoader(File agentJar) throws IOException {
    super(ClassLoader.getSystemClassLoader().getParent());
    this.jar = new JarFile(agentJar, false);
    this.url = "jar:" + agentJar.toURI() + "!/";
  }

  /**
   * The bytes of an agent class.
   *
   * @param className with dots
   * @return null if the agent has no such class
   * @throws IllegalStateException if the agent jar cannot be read any more
   */
  public byte @Nullable [] classBytes(String className) {
    return read(ROOT + className.replace('.', '/') + ".classdata");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classBytes(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getEntry(ROOT + name) == null) {
      return null;
    }
    try {
      return new URL(url + ROOT + name);
    } catch (IOException malformed) {
      throw new IllegalStateException("agent resource " + name, malformed);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  /** Only the agent's own resources: service files of the JDK or the application are not ours. */
  @Override
  public Enumeration<URL> getResources(String name) {
    return findResources(name);
  }

  private byte @Nullable [] read(String entryName) {
    ZipEntry entry = jar.getEntry(entryName);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.max(1024, entry.getSize()));
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read " + entryName + " of the agent jar", unreadable);
    }
  }
}
