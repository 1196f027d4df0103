package dev.sextant.server.http;

import dev.sextant.server.access.Authoriser;
import dev.sextant.server.access.HostCheck;

/** What stands in front of every route of every port. */
public record Guards(Authoriser authoriser, HostCheck hosts, RefusedRequests refused) {}
