package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * How a queue stands at one moment.
 *
 * @param depth keys that are ready to be taken
 * @param delayed keys that become ready later
 * @param active keys in work
 * @param unfinished how long all keys in work have been in work, added up
 * @param longestRunning how long the oldest key in work has been in work
 */
public record QueueStats(int depth, int delayed, int active, Duration unfinished, Duration longestRunning) {}
