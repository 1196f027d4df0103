package dev.sextant.server.http;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that accepts a port's connections. Armeria ends it last, when its sockets are closed
 * and nothing can come any more, and waits for it; Netty would look for two seconds whether
 * something comes. What {@link EventLoopGroups} builds with another time does not help, as Armeria
 * asks the loop for its group and gets the one inside.
 */
final class AcceptLoop extends MultiThreadIoEventLoopGroup {
  private static final int LONGEST_SECONDS = 15;

  private AcceptLoop(String name, IoHandlerFactory io) {
    super(1, ThreadFactories.newThreadFactory(name, false), io);
  }

  /** One for Armeria's transport; where that is a rare one, with Netty's two seconds. */
  static EventLoopGroup of(String name) {
    return switch (Flags.transportType()) {
      case EPOLL -> new AcceptLoop(name, EpollIoHandler.newFactory());
      case NIO -> new AcceptLoop(name, NioIoHandler.newFactory());
      case KQUEUE, IO_URING -> EventLoopGroups.newEventLoopGroup(1, name);
    };
  }

  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, LONGEST_SECONDS, TimeUnit.SECONDS);
  }
}
