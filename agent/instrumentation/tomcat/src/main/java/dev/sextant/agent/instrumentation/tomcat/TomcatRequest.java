package dev.sextant.agent.instrumentation.tomcat;

import dev.sextant.agent.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** Reads Tomcat's own request without changing the buffers it lends. */
final class TomcatRequest implements HttpServerRequest {
  private final Request request;

  TomcatRequest(Request request) {
    this.request = request;
  }

  @Override
  public String method() {
    String method = text(request.method());
    return method == null ? "" : method;
  }

  @Override
  public String scheme() {
    String scheme = text(request.scheme());
    return scheme == null ? "http" : scheme;
  }

  @Override
  public String path() {
    String path = text(request.requestURI());
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String query() {
    return text(request.queryString());
  }

  @Override
  public @Nullable String header(String name) {
    return text(request.getMimeHeaders().getValue(name));
  }

  @Override
  public Iterable<String> headerNames() {
    MimeHeaders headers = request.getMimeHeaders();
    List<String> names = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = text(headers.getName(i));
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public @Nullable String protocolVersion() {
    String protocol = text(request.protocol());
    return protocol == null ? null : protocol.substring(protocol.indexOf('/') + 1);
  }

  @Override
  public @Nullable String peerAddress() {
    request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, request);
    return text(request.remoteAddr());
  }

  @Override
  public int peerPort() {
    request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, request);
    return request.getRemotePort();
  }

  /** {@code MessageBytes.toString()} would convert the buffer in place, so bytes are copied. */
  private static @Nullable String text(@Nullable MessageBytes bytes) {
    if (bytes == null || bytes.isNull()) {
      return null;
    }
    if (bytes.getType() == MessageBytes.T_BYTES) {
      ByteChunk chunk = bytes.getByteChunk();
      return new String(
          chunk.getBuffer(), chunk.getStart(), chunk.getLength(), StandardCharsets.ISO_8859_1);
    }
    return bytes.toString();
  }
}
