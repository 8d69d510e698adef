/**
 * Leader election with a Lease: at most one process leads. Start with {@link
 * dev.sluice.controller.leader.LeaderElection}.
 */
@NullMarked
package dev.sluice.controller.leader;

import org.jspecify.annotations.NullMarked;
