/** What travels with requests, threads and library objects. */
@NullMarked
package dev.sextant.agent.core.context;

import org.jspecify.annotations.NullMarked;
