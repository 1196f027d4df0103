/**
 * A plugin for SkyWalking's agent, made of its own interface for plugins as its published ones are:
 * those are not to be had from Maven Central. It sets the same tags, components and layers.
 */
package dev.sextant.testing.skywalking.plugin;
