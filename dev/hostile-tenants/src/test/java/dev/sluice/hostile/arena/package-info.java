/** What tenants attack: an API server, both services as processes, a host of sources, and a neighbour. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.arena;
