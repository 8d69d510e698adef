/** Attacks of tenants on other namespaces. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile;
