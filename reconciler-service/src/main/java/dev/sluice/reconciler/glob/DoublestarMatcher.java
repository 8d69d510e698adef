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
 * Runs a compiled pattern over names with all alternatives in parallel. The time is bounded by the length of the name
 * times the length of the pattern.
 * <p>Caches the automaton states that occur, with their transitions for ASCII characters; ordinary patterns have a
 *     handful. For a pattern with too many states, only the first are cached, within the memory limit.
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
            if (state.nodes.isEmpty()) {
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
        for (PatternNode node : state.nodes) {
            if (node.accepts(codePoint)) {
                step.leave(node, codePoint);
            }
        }
        return step.state();
    }

    private record StateKey(BitSet nodes, boolean accepting) {}

    /** A set of nodes; a name that ends in an accepting state matches. */
    private static final class State {

        private final List<PatternNode> nodes;
        private final boolean accepting;
        /** Transitions; null in a state that is not cached. */
        private final @Nullable State @Nullable [] ascii;

        State(List<PatternNode> nodes, boolean accepting, boolean keep) {
            this.nodes = nodes;
            this.accepting = accepting;
            this.ascii = keep ? new State[ASCII] : null;
        }
    }

    /** Collects the nodes that one character leads to. */
    private final class Step {

        private final List<PatternNode> nodes = new ArrayList<>();
        private final BitSet seen = new BitSet();
        private final Deque<PatternNode> splits = new ArrayDeque<>();
        private final Map<Integer, Integer> inevitable = new HashMap<>();
        private boolean accepting;

        void leave(PatternNode node, int codePoint) {
            switch (node.kind) {
                case REST -> reach(node);
                case STAR -> {
                    reach(node);
                    reach(node.next.get(0));
                }
                case DIRECTORIES -> {
                    add(node);
                    if (codePoint == '/') {
                        reach(node.next.get(0));
                    }
                }
                default -> reach(node.next.get(0));
            }
        }

        /** Adds a node where a name may end; a split is replaced by its targets. */
        Step reach(PatternNode node) {
            accepting |= node.accepting;
            add(node);
            while (!splits.isEmpty()) {
                splits.pop().next.forEach(this::add);
            }
            return this;
        }

        private void add(PatternNode node) {
            if (seen.get(node.index)) {
                return;
            }
            seen.set(node.index);
            switch (node.kind) {
                case NONE -> {}
                case SPLIT -> splits.push(node);
                default -> {
                    nodes.add(node);
                    if (node.inevitable) {
                        inevitable.merge(node.component, node.position, Math::max);
                    }
                }
            }
        }

        /**
         * Drops the nodes before a star of the same component: they add nothing, because the library never backtracks
         * beyond the last star. Without this, a pattern with many stars would have too many states to cache.
         */
        private void dropPassed() {
            if (!inevitable.isEmpty()) {
                nodes.removeIf(node -> node.kind != PatternNode.Kind.DIRECTORIES
                        && node.position < inevitable.getOrDefault(node.component, 0));
            }
        }

        State state() {
            dropPassed();
            BitSet indexes = new BitSet();
            nodes.forEach(node -> indexes.set(node.index));
            StateKey key = new StateKey(indexes, accepting);
            State state = kept.get(key);
            if (state == null) {
                boolean keep = memory.take(nodes.size());
                state = new State(nodes, accepting, keep);
                if (keep) {
                    kept.put(key, state);
                }
            }
            return state;
        }
    }
}
