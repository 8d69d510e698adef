/** The suite of hostile tenants. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile;
