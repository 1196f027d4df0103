package dev.sextant.server;

import dev.sextant.server.cli.CommandLineInterface;

/** Where the process begins. */
public final class Sextant {
  private Sextant() {}

  public static void main(String[] args) {
    System.exit(CommandLineInterface.run(args));
  }
}
