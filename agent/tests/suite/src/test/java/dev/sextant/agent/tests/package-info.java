/** Tests of the built agent jar in real applications. */
package dev.sextant.agent.tests;
