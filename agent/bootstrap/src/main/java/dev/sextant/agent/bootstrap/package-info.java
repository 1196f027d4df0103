/**
 * What woven code of any class loader can see: loaded by the bootstrap class loader, free of any
 * library.
 */
@NullMarked
package dev.sextant.agent.bootstrap;

import org.jspecify.annotations.NullMarked;
