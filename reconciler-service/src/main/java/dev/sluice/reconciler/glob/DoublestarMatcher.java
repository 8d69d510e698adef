package dev.sluice.reconciler.glob;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a compiled pattern over names, all its alternatives at once, so that the time is bounded by the length of the
 * name times the length of the pattern, whatever the pattern.
 *
 * <p>Sets of places that occur are kept, with where an ASCII character leads from them; ordinary patterns have a
 * handful. Of a pattern that is made to have endlessly many only the first are kept, as far as there is memory.
 */
final class DoublestarMatcher {

    private static final int ASCII = 128;

    private final Map<StateKey, State> kept = new HashMap<>();
    private final StateMemory memory;
    private final State start;

    DoublestarMatcher(PatternNode first, StateMemory memory) {
        this.memory = memory;
        this.start = new Step().reach(first).state();
    }

    boolean matches(String name) throws InterruptedIOException {
        Interruption.check();
        State state = start;
        for (int at = 0; at < name.length(); ) {
            if (state.places.isEmpty()) {
                return false;
            }
            int codePoint = name.codePointAt(at);
            state = next(state, codePoint);
            at += Character.charCount(codePoint);
        }
        return state.accepting;
    }

    private State next(State state, int codePoint) throws InterruptedIOException {
        if (codePoint >= ASCII || state.ascii == null) {
            return step(state, codePoint);
        }
        State known = state.ascii[codePoint];
        if (known == null) {
            known = step(state, codePoint);
            state.ascii[codePoint] = known.ascii == null ? null : known;
        }
        return known;
    }

    private State step(State state, int codePoint) throws InterruptedIOException {
        Interruption.check();
        Step step = new Step();
        for (PatternNode place : state.places) {
            if (place.accepts(codePoint)) {
                step.leave(place, codePoint);
            }
        }
        return step.state();
    }

    private record StateKey(BitSet places, boolean accepting) {}

    /** The places that a pattern can be at; a name that leads here and ends matches if it is accepting. */
    private static final class State {

        private final List<PatternNode> places;
        private final boolean accepting;
        /** Null in a state that is not kept. */
        private final @Nullable State @Nullable [] ascii;

        State(List<PatternNode> places, boolean accepting, boolean keep) {
            this.places = places;
            this.accepting = accepting;
            this.ascii = keep ? new State[ASCII] : null;
        }
    }

    /** Collects the places that one character leads to. */
    private final class Step {

        private final List<PatternNode> places = new ArrayList<>();
        private final BitSet seen = new BitSet();
        private final Deque<PatternNode> splits = new ArrayDeque<>();
        private final Map<Integer, Integer> inevitable = new HashMap<>();
        private boolean accepting;

        void leave(PatternNode place, int codePoint) {
            switch (place.kind) {
                case REST -> reach(place);
                case STAR -> {
                    reach(place);
                    reach(place.next.get(0));
                }
                case DIRECTORIES -> {
                    add(place);
                    if (codePoint == '/') {
                        reach(place.next.get(0));
                    }
                }
                default -> reach(place.next.get(0));
            }
        }

        /** A place where a name may end; those that a split stands for are passed without stopping. */
        Step reach(PatternNode place) {
            accepting |= place.accepting;
            add(place);
            while (!splits.isEmpty()) {
                splits.pop().next.forEach(this::add);
            }
            return this;
        }

        private void add(PatternNode place) {
            if (seen.get(place.index)) {
                return;
            }
            seen.set(place.index);
            switch (place.kind) {
                case NONE -> {}
                case SPLIT -> splits.push(place);
                default -> {
                    places.add(place);
                    if (place.inevitable) {
                        inevitable.merge(place.component, place.position, Math::max);
                    }
                }
            }
        }

        /**
         * Behind a star, what was before it in its component has nothing to add. Like the library, which never goes back
         * beyond the last star; without this, a row of stars would have more sets of places than can be kept.
         */
        private void forgetPassed() {
            if (!inevitable.isEmpty()) {
                places.removeIf(place -> place.kind != PatternNode.Kind.DIRECTORIES
                        && place.position < inevitable.getOrDefault(place.component, 0));
            }
        }

        State state() {
            forgetPassed();
            BitSet indexes = new BitSet();
            places.forEach(place -> indexes.set(place.index));
            StateKey key = new StateKey(indexes, accepting);
            State state = kept.get(key);
            if (state == null) {
                boolean keep = memory.take(places.size());
                state = new State(places, accepting, keep);
                if (keep) {
                    kept.put(key, state);
                }
            }
            return state;
        }
    }
}
