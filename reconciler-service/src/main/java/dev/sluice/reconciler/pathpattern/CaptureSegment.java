package dev.sluice.reconciler.pathpattern;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * One path component of a path pattern. Captures are greedy from left to right and match at least one character.
 * Matches without backtracking, in time proportional to the length of the name times the number of parts.
 */
record CaptureSegment(List<CaptureText.Part> parts) {

    /** Adds the captures to {@code captured} if the name matches. */
    boolean match(String name, Map<String, String> captured) {
        BitSet[] matching = matchingStarts(name);
        if (!matching[0].get(0)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            CaptureText.Part part = parts.get(i);
            int end = part.capture()
                    ? matching[i + 1].length() - 1
                    : at + part.text().length();
            if (part.capture()) {
                captured.put(part.text(), name.substring(at, end));
            }
            at = end;
        }
        return true;
    }

    /**
     * For each part, and for the end, the positions in the name from which it and the following parts match the rest.
     */
    private BitSet[] matchingStarts(String name) {
        BitSet[] matching = new BitSet[parts.size() + 1];
        matching[parts.size()] = new BitSet();
        matching[parts.size()].set(name.length());
        for (int i = parts.size() - 1; i >= 0; i--) {
            matching[i] = before(parts.get(i), matching[i + 1], name);
        }
        return matching;
    }

    private static BitSet before(CaptureText.Part part, BitSet after, String name) {
        BitSet positions = new BitSet();
        if (part.capture()) {
            // every position before the last one where the rest matches can start a capture
            positions.set(0, Math.max(0, after.length() - 1));
            return positions;
        }
        int length = part.text().length();
        for (int end = after.nextSetBit(length); end >= 0; end = after.nextSetBit(end + 1)) {
            positions.set(end - length, name.startsWith(part.text(), end - length));
        }
        return positions;
    }
}
