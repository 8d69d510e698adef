package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * The state of a queue at one moment.
 *
 * @param depth number of ready keys
 * @param delayed number of keys that become ready later
 * @param active number of keys in progress
 * @param unfinished sum of the processing times of the keys in progress
 * @param longestRunning processing time of the oldest key in progress
 */
public record QueueStats(int depth, int delayed, int active, Duration unfinished, Duration longestRunning) {}
