/** The test environment: an API server, both services as processes, a source host, a victim and the tenants. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.harness;
