package dev.sextant.ui.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The client components under {@code /sx/}: the scripts and style sheets that {@code
 * sx/scripts.txt} and {@code sx/styles.txt} list are joined in that order into one file each, so
 * that a page costs two requests and no build step. Names carry a hash of the content and are
 * cached for good.
 */
public final class Assets extends Handler.Abstract {
  private static final String ROOT = "META-INF/resources/sx/";
  private static final String PREFIX = "/sx/";

  private record Asset(String type, byte[] plain, byte[] gzip) {}

  private final Map<String, Asset> assets = new HashMap<>();
  private final String script;
  private final String style;
  private final String charts;
  private final String worker;

  private Assets() {
    script = add("sextant", "js", "text/javascript", join("scripts.txt", "\n;\n"));
    style = add("sextant", "css", "text/css", join("styles.txt", "\n"));
    charts = add("echarts", "js", "text/javascript", read(ECHARTS));
    worker = add("worker", "js", "text/javascript", join("worker.txt", "\n;\n"));
    add("favicon", "svg", "image/svg+xml", read(ROOT + "favicon.svg"));
  }

  private static final String ECHARTS = "META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /**
   * Reads everything from the class path.
   *
   * @throws UncheckedIOException where a listed file is missing
   */
  public static Assets load() {
    return new Assets();
  }

  /** The path of all client components, to be loaded before a page is shown. */
  public String script() {
    return script;
  }

  /** The path of the style sheet. */
  public String style() {
    return style;
  }

  /** The path of the chart library, loaded by the first chart. */
  public String charts() {
    return charts;
  }

  /** The path of what runs beside the page: the critical path of large traces. */
  public String worker() {
    return worker;
  }

  private String add(String name, String extension, String type, byte[] content) {
    String path = PREFIX + name + "-" + hash(content) + "." + extension;
    assets.put(path, new Asset(type, content, gzip(content)));
    if (extension.equals("svg")) {
      assets.put(PREFIX + name + ".svg", new Asset(type, content, gzip(content)));
    }
    return path;
  }

  private static byte[] join(String list, String between) {
    List<String> names =
        new String(read(ROOT + list), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String name : names) {
      out.writeBytes(read(ROOT + name));
      out.writeBytes(between.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(PREFIX)) {
      return false;
    }
    Asset asset = assets.get(path);
    if (asset == null) {
      Answers.error(response, callback, 404, "not_found", "there is no " + path);
      return true;
    }
    boolean gzip =
        request.getHeaders().getCSV(HttpHeader.ACCEPT_ENCODING, false).stream()
            .anyMatch(coding -> coding.startsWith("gzip"));
    byte[] content = gzip ? asset.gzip() : asset.plain();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, asset.type() + ";charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
    response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    if (gzip) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    response.write(true, ByteBuffer.wrap(content), callback);
    return true;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
