package dev.sextant.ui;

import dev.sextant.ui.fake.FakeApi;

/**
 * The dashboard over made-up data, to look at while working on the pages: {@code Preview [port]
 * [empty]}.
 */
public final class Preview {
  private Preview() {}

  public static void main(String[] args) throws Exception {
    FakeApi api = FakeApi.start();
    api.beEmpty(args.length > 1);
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    Dashboard dashboard =
        Dashboard.start(DashboardOptions.loopback(port, api.address()), new FakeAccess(true));
    System.out.println("http://localhost:" + dashboard.port());
    Thread.currentThread().join();
  }
}
